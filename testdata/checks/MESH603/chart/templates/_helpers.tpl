{{- define "stores.server" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}, mtls: {{ .mtls }}}
spec:
  containers:
    - {name: server, image: {{ .image | default "mysql:8.4" | quote }}, ports: [{containerPort: {{ .port | default 3306 }}}]}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: {{ .portName | default "tcp-mysql" }}, port: {{ .servicePort | default 3306 }}, targetPort: {{ .port | default 3306 }}}
{{- end }}

{{- define "stores.mutual" -}}
tls:
  mode: ISTIO_MUTUAL {{/* want "^error: clients of \"plain\" port tcp-mysql:3306 use mutual TLS, but its server accepts only plain text" */}}
{{- end }}
