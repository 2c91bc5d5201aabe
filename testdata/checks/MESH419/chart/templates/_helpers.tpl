{{- define "shop.annotations" -}}
inject.istio.io/templates: grpc_agent {{/* want "^warning: .*StatefulSet .cache.*did you mean .grpc-agent." */}}
{{- end }}
