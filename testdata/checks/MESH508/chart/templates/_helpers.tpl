{{- define "shop.traffic" -}}
traffic.sidecar.istio.io/excludeInboundPorts: "8080" {{/* want "of StatefulSet \"helped\" keeps port 8080" */}}
{{- end }}
