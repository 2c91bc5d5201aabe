{{- define "web.pod" -}}
metadata:
  labels: {app: {{ . }}}
spec:
  containers:
    - name: web
      image: example.com/web:1.0
      ports: [{name: web, containerPort: 8080}]
{{- end }}

{{- define "web.port" -}}
- name: grpc
  port: 90 {{/* want "^warning: port grpc:90 of headless Service \"web\" targets container port 9090 of StatefulSet \"web\"" */}}
  targetPort: 9090
{{- end }}
