{{- define "web.env" -}}
- name: APP_BIND_ADDRESS
  value: localhost:8081 {{/* want "^note: APP_BIND_ADDRESS makes container \"web\" listen on localhost at port 8081" */}}
{{- end }}
