{{- define "shop.annotations" -}}
sidecar.istio.io/rewriteAppHTTPProbers: "F" {{/* want "the livenessProbe of container \"one\"" "the livenessProbe of container \"two\"" */}}
{{- end }}

{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  template:
    metadata:
      labels: {{ toJson (merge (dict "app" .name) (.labels | default dict)) }}
      annotations: {{ toJson (merge (.annotations | default dict) (dict "sidecar.istio.io/rewriteAppHTTPProbers" "false")) }}
    spec:
      containers:
        - name: app
          image: app
          ports: [{name: web, containerPort: 8080}]
          livenessProbe: {{ toJson .probe }}
{{- end }}
