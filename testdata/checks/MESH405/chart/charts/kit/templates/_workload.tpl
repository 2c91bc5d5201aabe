{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
  namespace: shop
spec:
  template:
    metadata:
      annotations:
        sidecar.istio.io/inject: "true" {{/* want "^warning: .*Deployment \"ledger\"" */}}
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
