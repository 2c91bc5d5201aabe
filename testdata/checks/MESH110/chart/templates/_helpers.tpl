{{- define "shop.port" -}}
- name: web
  port: 80
  protocol: tcp {{/* want "^error: protocol \"tcp\" of a port of Service \"helped\" is not TCP, UDP or SCTP" */}}
{{- end }}
