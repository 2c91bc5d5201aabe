{{- define "shop.port" -}}
- name: http2foo {{/* want "^warning: port name \"http2foo\" of Service \"helped\" .* did you mean \"http2-foo\"" */}}
  port: 80
{{- end }}
