{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "15004" {{/* want "of Deployment \"ledger\" has port 15004" */}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
{{- end }}
