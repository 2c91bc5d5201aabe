{{- define "kit.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
      annotations:
        sidecar.istio.io/proxyCPU: 50m {{/* want "^note: sidecar.istio.io/proxyCPU of Deployment \"ledger\"" */}}
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
