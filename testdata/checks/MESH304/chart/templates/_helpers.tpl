{{- define "shop.podMetadata" -}}
labels: {{/* want "^warning: DaemonSet \"agent\" has the label app.kubernetes.io/name, but" */}}
  tier: back
{{- end }}
{{- define "shop.selectorLabels" -}}
app.kubernetes.io/name: shop
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
