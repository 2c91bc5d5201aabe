{{- define "routes.destination" -}}
host: {{ . }}
{{- end -}}
