{{- define "kit.hook" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - {name: main, image: "main:1.0", lifecycle: {postStart: {httpGet: {port: 9443, scheme: HTTPS}}}}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - name: http-hook # want "^error: port http-hook:443 .*the postStart speaks TLS"
      port: 443
      targetPort: 9443
{{- end }}
