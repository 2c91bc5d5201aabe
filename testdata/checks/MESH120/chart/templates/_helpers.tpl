{{- define "mux.pod" -}}
metadata:
  labels: {app: {{ .name }}}
spec:
  containers:
    - name: main
      image: {{ default "example.com/mux:1.0" .image }}
      ports:
        - {name: main, containerPort: {{ .port }}}
{{- end }}

{{- define "mux.ports" -}}
- name: http
  port: 80
  targetPort: 8080
- name: https {{/* want "^warning: port https:443 of Service .server. targets container port 8080 of Deployment .server. as HTTPS, but port http:80" */}}
  port: 443
  targetPort: 8080
{{- end }}
