{{- define "shop.ports" -}}
- name: http2
  port: 15006 {{/* want "^warning: port 15006 of Service \"agent\" is HTTP2" */}}
  targetPort: 8080
{{- end }}
