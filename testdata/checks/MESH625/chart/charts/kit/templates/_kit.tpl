{{- define "kit.app" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  {{- with .ip }}
  clusterIP: {{ . }}
  {{- end }}
  selector: {app: {{ .name }}}
  ports: [{name: {{ .port | default "http" }}, port: 80, targetPort: {{ .target | default 8080 }}}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}, mode: {{ .mode | default "strict" }}, sidecar.istio.io/inject: {{ .inject | default "true" | quote }}}
    spec:
      containers: [{name: app, image: "example.com/app:1.0"}]
{{- end }}
{{- define "kit.spec" -}}
spec:
  ingressClassName: {{ .class | default "nginx" }}
  rules:
    - host: {{ .host | default "shop.example.com" }}
      http:
        paths:
          {{- range (.services | default (list .name)) }}
          - {path: /{{ . }}, pathType: Prefix, backend: {service: {name: {{ . }}, port: {number: 80}}}}
          {{- end }}
{{- end }}
