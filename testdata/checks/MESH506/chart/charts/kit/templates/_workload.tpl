{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
          args: ["--grpc-port=15006"] {{/* want "of Deployment \"ledger\" is port 15006" */}}
{{- end }}
