{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - name: main
      image: kit:1.0
      args:
        - curl
        - "-HHost: kit.ops" # want "^warning: curl sends a request to kit:80 with the Host header \"kit.ops\""
        - http://kit/
{{- end }}
