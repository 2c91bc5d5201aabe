{{- define "shop.ports" -}}
- name: http
  port: 80
  targetPort: 15000 {{/* want "^error: port http:80 of Service \"agent\" targets port 15000 of DaemonSet \"agent\"" */}}
{{- end }}
