{{- define "kit.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ . }}, namespace: shop}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
      annotations:
        sidecar.istio.io/interceptionMode: TPROXY {{/* want "the proxy of Deployment \"ledger\"" */}}
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
