{{- define "spoken.ports" -}}
- name: http-rpc {{/* want "^error: port http-rpc:9000 of Service \"rpc\" is declared as HTTP, but the livenessProbe speaks gRPC: Istio's proxy speaks HTTP/1.1" */}}
  port: 9000
{{- end }}
