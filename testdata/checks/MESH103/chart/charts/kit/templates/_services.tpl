{{- define "kit.services" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - {name: main, image: "example.com/kit:1.0"}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: http, port: 6379}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}-web
spec:
  selector: {app: {{ .name }}}
  ports:
    - name: http
      port: 80 # want "^note: port 80 of Service \"lib-web\" and port 6379 of Service \"lib\""
      targetPort: 6379
{{- end }}
