{{- define "stores.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - {name: server, image: {{ .image | default "mysql:8.4" | quote }}, ports: [{containerPort: {{ .port | default 3306 }}}]}
{{- end }}

{{- define "stores.ports" -}}
- name: tcp-mysql
  port: 3306 {{/* want "^warning: port tcp-mysql:3306 of Service \"helper\" .*clients outside the cluster hang" */}}
{{- end }}
