{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {{/* want "^note: the pods of Deployment \"ledger\"" */}}
        app: x
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
