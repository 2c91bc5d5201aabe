{{- define "shop.lifecycle" -}}
lifecycle:
  preStop:
    httpGet:
      path: /drain
      port: 8080 {{/* want "the preStop of container \"one\", which the kubelet sends to port 8080" "the preStop of container \"two\", which the kubelet sends to port 8080" */}}
{{- end }}

{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}}
spec:
  template:
    metadata:
      labels: {{ toJson (merge (dict "app" .name) (.labels | default dict)) }}
      annotations: {{ toJson (.annotations | default dict) }}
    spec: {containers: [{name: app, image: app, ports: [{name: web, containerPort: 8080}], lifecycle: {preStop: {{ toJson .handler }}}}]}
{{- end }}
