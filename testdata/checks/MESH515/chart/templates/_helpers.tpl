{{- define "shop.annotations" -}}
prometheus.io/scrape: "true"
prometheus.io/port: "8443" {{/* want "^warning: the readinessProbe of container \"one\" speaks TLS to port 8443, and the sidecar, which merges the metrics, asks for them there without TLS" "container \"two\" speaks TLS" */}}
{{- end }}

{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}}
spec:
  template:
    metadata: {labels: {{ toJson (.labels | default dict) }}, annotations: {{ toJson .annotations }}}
    spec:
      containers:
        - name: app
          image: app
          ports: [{containerPort: 8443, name: web}]
          readinessProbe: {httpGet: {port: web, scheme: HTTPS}}
{{- end }}
