{{- define "istiod" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ . }}, namespace: istio-system, labels: {app: istiod}}
spec:
  template:
    metadata: {labels: {app: istiod}}
    spec:
      containers:
        - name: discovery
          image: pilot
{{- end }}
