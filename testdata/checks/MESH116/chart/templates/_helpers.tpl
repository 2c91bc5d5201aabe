{{- define "tls.ports" -}}
- name: http {{/* want "^warning: port http:443 of Service \"helper\" .*the container port is named https" */}}
  port: 443
  targetPort: 10443
{{- end }}
