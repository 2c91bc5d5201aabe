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
- name: db {{/* want "^warning: port db:3307 .*image mysql-server" */}}
  port: 3307
  targetPort: 3306
{{- end }}
