{{- define "shop.port" -}}
- port: 80 {{/* want "^note: port 80 of Service \"helped\" has neither a name nor an appProtocol" */}}
{{- end }}
