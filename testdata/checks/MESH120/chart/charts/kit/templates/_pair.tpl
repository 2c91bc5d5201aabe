{{- define "kit.pair" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - {name: main, image: "example.com/mux:1.0", ports: [{containerPort: 9000}]}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: http, port: 9000}
    - name: rpc
      port: 9001
      targetPort: 9000
      appProtocol: grpc # want "^error: port rpc:9001 .*Pod \"lib\" as GRPC"
{{- end }}
