{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
  labels: {app: "{{ . }}"}
spec:
  template:
    metadata:
      labels: {{/* want "^warning: Deployment \"ledger\"" */}}
        tier: back
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
