{{- define "kit.mariadb" -}}
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: {{ .name }}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}}
    spec:
      containers:
        - {name: server, image: "mariadb:11", ports: [{name: sql, containerPort: 3306}]}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - name: http # want "^error: port http:80 .*image mariadb"
      port: 80
      targetPort: sql
{{- end }}
