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

{{- define "stores.redisPorts" -}}
- name: http-redis {{/* want "^error: port http-redis:6379 is declared as HTTP, but carries Redis .image redis." */}}
  port: 6379
{{- end }}
