{{- define "ext.port" -}}
- port: 8443 {{/* want "^warning: port 8443 of ExternalName Service \"literal\" is auto-detected" */}}
{{- end }}
