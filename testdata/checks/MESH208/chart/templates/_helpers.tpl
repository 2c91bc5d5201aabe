{{- define "shop.max" -}}
max: {memory: 512Mi} {{/* want "^warning: LimitRange \"helped\" rejects Deployment \"app\" with a sidecar: its memory limit is 1Gi, and 512Mi is the maximum of a container" */}}
{{- end }}
{{- define "shop.app" }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: {{ . }}}
spec:
  template:
    metadata:
      labels: {app: app}
    spec:
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
