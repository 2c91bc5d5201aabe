{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels:
        app: ledger {{/* want "Deployment \"credit\"" */}}
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
