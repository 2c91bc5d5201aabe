{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {{/* want "^warning: the pods of Deployment \"ledger\"" */}}
        version: v1
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
