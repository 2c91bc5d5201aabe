{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
  annotations:
    sidecar.istio.io/inject: "true" {{/* want "Deployment \"ledger\"" */}}
spec:
  template:
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
