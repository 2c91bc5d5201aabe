{{- define "kit.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ . }}, namespace: shop}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
    spec:
      serviceAccountName: web {{/* want "istio-init of Deployment \"ledger\"" */}}
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
