{{- define "istiod" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ . }}, namespace: istio-system, labels: {app: istiod}}
spec:
  template:
    metadata: {labels: {app: istiod}}
    spec:
      containers:
        - name: discovery {{/* want "^note: Deployment \"istiod-1-29\"" "^note: Deployment \"istiod-1-30\"" */}}
          image: pilot
{{- end }}

{{- define "istiod.env" -}}
env:
  - {name: REVISION, value: a}
{{- end }}
