{{- define "kit.mail" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers: [{name: server, image: "boky/postfix:4", ports: [{containerPort: 587}]}]
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  type: LoadBalancer
  selector: {app: {{ .name }}}
  ports:
    - {name: tcp-mail, port: 25, targetPort: 587} # want "^warning: port tcp-mail:25 of Service \"lib\""
{{- end }}
