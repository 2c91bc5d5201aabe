{{- define "shop.port" -}}
- name: front {{/* want "^note: port name \"front\" of Service \"helped\"" */}}
  port: 80
{{- end }}
