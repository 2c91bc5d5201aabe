{{- define "shop.port" -}}
- {name: grpc, port: 90, targetPort: rpc} {{/* want "^warning: port grpc:90 of Service \"shop\" targets port \"rpc\", but Deployment \"shop\" has no port of that name" */}}
{{- end }}
