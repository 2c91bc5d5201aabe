{{- define "shop.egress" -}}
spec: {{/* want "^error: Sidecar \"payments-blue\" has no workloadSelector, nor has Sidecar \"payments-red\"" */}}
  egress:
    - hosts: ["./*"]
{{- end }}
