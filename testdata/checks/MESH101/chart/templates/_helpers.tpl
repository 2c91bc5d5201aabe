{{- define "shop.containers" -}}
containers:
  - name: main
    image: {{ .Values.image }}
{{- end }}

{{- define "shop.podMetadata" -}}
labels: {{/* want "^warning: no Service selects the pods of DaemonSet \"agent\"" */}}
  app: agent
{{- end }}
