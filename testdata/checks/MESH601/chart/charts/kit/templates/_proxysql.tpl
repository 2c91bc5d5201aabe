{{- define "kit.proxysql" -}}
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ .name }}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}}
    spec:
      containers:
        - {name: server, image: "proxysql/proxysql:2.7", ports: [{name: clients, containerPort: 6033}]}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - name: clients # want "^warning: port clients:6033 .*image proxysql"
      port: 6033
      targetPort: clients
{{- end }}
