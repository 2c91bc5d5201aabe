{{- define "kit.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels:
        app: {{ . }}
        version: "1.0+1" {{/* want "^warning: label version of the pods of Deployment \"ledger\" is \"1.0\\+1\"" */}}
    spec:
      containers:
        - {name: main, image: "example.com/app:1.0"}
{{- end }}
