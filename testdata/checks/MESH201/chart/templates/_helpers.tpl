{{- define "shop.security" -}}
runAsNonRoot: true
runAsUser: 1337 {{/* want "^error: container \"cache\" runs as UID 1337" */}}
{{- end }}
