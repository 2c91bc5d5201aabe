{{- define "shop.labels" -}}
sidecar.istio.io/inject: "true" {{/* want "^warning: the pods of StatefulSet .cache. ask for a sidecar" */}}
{{- end }}
