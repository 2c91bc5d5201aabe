{{- define "api.port" -}}
- {name: tcp-grpc, port: 50052} {{/* want "^note: port tcp-grpc:50052 of Service \"api\" is declared as TCP, but carries gRPC \\(its name says grpc\\)" */}}
{{- end }}
