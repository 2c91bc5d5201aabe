{{- define "kit.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels:
        app: worker {{/* want "Deployment \"ledger\" have the label app \"worker\", but Istio's metrics call them \"kit\"" */}}
        app.kubernetes.io/name: kit
    spec:
      containers:
        - {name: main, image: "example.com/app:1.0"}
{{- end }}
