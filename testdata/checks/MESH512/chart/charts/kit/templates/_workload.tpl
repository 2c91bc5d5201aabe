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
        status.sidecar.istio.io/port: "8080" {{/* want "of Deployment \"ledger\" is 8080" */}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
          ports: [{containerPort: 8080}]
{{- end }}
