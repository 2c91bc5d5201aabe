{{- define "shop.annotations" -}}
sidecar.istio.io/excludeOutboundPorts: "5432" {{/* want "^warning: .* of the pods of StatefulSet .cache. is unknown to Istio.*did you mean .traffic.sidecar.istio.io/excludeOutboundPorts." */}}
{{- end }}
