{{- define "shop.status" -}}
status.sidecar.istio.io/port: "8080" {{/* want "of DaemonSet \"helped\" is 8080" */}}
{{- end }}
