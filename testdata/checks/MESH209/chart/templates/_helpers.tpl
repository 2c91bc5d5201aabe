{{- define "shop.annotations" -}}
sidecar.istio.io/proxyMemoryLimit: 512Mi {{/* want "^note: sidecar.istio.io/proxyMemoryLimit of StatefulSet \"helped\"" */}}
{{- end }}
