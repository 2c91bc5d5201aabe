{{- define "shop.metrics" -}}
prometheus.io/port: "15006" {{/* want "of DaemonSet \"helped\" has port 15006" */}}
{{- end }}
