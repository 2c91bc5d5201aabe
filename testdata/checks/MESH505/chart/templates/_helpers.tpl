{{- define "shop.ports" -}}
ports:
  - containerPort: 8080
    hostPort: 15000 {{/* want "takes port 15000 of its nodes" */}}
{{- end }}
