{{- define "shop.traffic" -}}
traffic.sidecar.istio.io/includeInboundPorts: "8080" {{/* want "of StatefulSet \"helped\" lacks port 9090" */}}
{{- end }}
