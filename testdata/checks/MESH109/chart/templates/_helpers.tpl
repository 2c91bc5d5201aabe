{{- define "shop.port" -}}
- name: tcp-dns {{/* want "^note: port \"tcp-dns:53\" of Service \"helped\" is a UDP port that \"tcp-dns\" declares as TCP" */}}
  port: 53
  protocol: UDP
{{- end }}
