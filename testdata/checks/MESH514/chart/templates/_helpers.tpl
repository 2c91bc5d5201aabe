{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}}
      annotations: {{ toJson (.annotations | default dict) }}
    spec: {containers: [{name: app, image: app, ports: [{name: web, containerPort: 8080}, {name: metrics, containerPort: 9100}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}, labels: {app: {{ .name }}}}
spec:
  selector: {app: {{ .name }}}
  ports: [{name: web, port: 80, targetPort: web}, {name: metrics, port: 9101, targetPort: metrics}, {name: http-envoy-prom, port: 15090}, {name: {{ .tls | default "tcp" }}, port: 9443, targetPort: 9443}]
{{- end }}

{{- define "shop.endpoints" -}}
endpoints:
  - path: /metrics
    port: metrics {{/* want "^warning: ServiceMonitor \"one\" scrapes port 9100 of Deployment \"one\" without a certificate of the mesh, and mode STRICT makes the proxy there reject that" "ServiceMonitor \"two\" scrapes port 9100" */}}
{{- end }}
