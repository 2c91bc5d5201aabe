{{- define "shop.port" -}}
- name: tcp-dns {{/* want "^note: port \"tcp-dns:53\" of Service \"helped\" has protocol UDP, but \"tcp-dns\" declares TCP" */}}
  port: 53
  protocol: UDP
{{- end }}
