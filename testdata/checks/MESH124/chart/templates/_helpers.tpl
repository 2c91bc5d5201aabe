{{- define "web.sticky" -}}
sessionAffinity: ClientIP {{/* want "Service \"included\"" */}}
{{- end }}
