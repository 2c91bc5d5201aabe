{{- define "shop.containers" -}}
containers: {{/* want "^note: Harbor \"harbor\" has containers at spec\\.pod\\.containers" */}}
  {{- toYaml .Values.harbor.containers | nindent 2 }}
{{- end }}
