{{- define "shop.pod" -}}
metadata:
  labels: {app: {{ . }}}
spec:
  containers:
    - name: main
      image: example.com/shop:1.0
      ports:
        - {name: main, containerPort: 8080}
        - {name: dns, containerPort: 5353, protocol: UDP}
        - {name: dns-tcp, containerPort: 5353}
{{- end }}

{{- define "shop.grpcPorts" -}}
- name: https-grpc {{/* want "^error: .*container port 7000 of Deployment \"web\".*\"web\" port grpc:7000 as GRPC, Service \"web-grpc\" port https-grpc:7000 as HTTPS" */}}
  port: 7000
{{- end }}
