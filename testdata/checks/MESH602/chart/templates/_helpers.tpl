{{- define "stores.pod" -}}
metadata:
  labels: {app: {{ .name }}}
spec:
  containers:
    - name: server
      image: {{ .image }}
      ports:
        - {containerPort: {{ .port }}}
{{- end }}

{{- define "stores.mysqlPorts" -}}
- name: http-db {{/* want "^error: port http-db:3306 is declared as HTTP, .*image mysql" */}}
  port: 3306
{{- end }}
