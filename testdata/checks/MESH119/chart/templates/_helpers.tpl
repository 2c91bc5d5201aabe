{{- define "ring.port" -}}
- {name: grpc, port: 9095} {{/* want "^warning: port grpc:9095 of headless Service \"ring\" is declared as GRPC, but the pods of Mimir call each other there by their addresses" */}}
{{- end }}
