{{- define "shop.security" -}}
runAsUser: 1000
runAsGroup: 1337 {{/* want "^warning: container \"cache\"" */}}
{{- end }}
