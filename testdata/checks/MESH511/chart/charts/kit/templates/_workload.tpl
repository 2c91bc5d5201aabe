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
        sidecar.istio.io/interceptionMode: NONE {{/* want "of Deployment \"ledger\" is NONE" */}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
{{- end }}
