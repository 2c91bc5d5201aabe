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
        traffic.sidecar.istio.io/excludeInboundPorts: "8080" {{/* want "of Deployment \"ledger\" keeps port 8080" */}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
{{- end }}
