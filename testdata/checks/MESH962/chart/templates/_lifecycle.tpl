{{- define "shop.lifecycle" -}}
lifecycle: {{/* want "replaces the hook of holdApplicationUntilProxyStarts" "replaces the hook of holdApplicationUntilProxyStarts" */}}
  postStart: {exec: {command: [sleep, "1"]}}
{{- end }}
