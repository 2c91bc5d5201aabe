{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  template:
    metadata: {labels: {app: {{ .name }}}, annotations: {{ toJson (.annotations | default dict) }}}
    spec: {containers: [{name: app, image: {{ .image | default "app" }}, ports: [{name: web, containerPort: 8080}]}]}
{{- end }}

{{- define "shop.service" -}}
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec: {type: {{ .type | default "ClusterIP" }}, selector: {app: {{ .name }}}, ports: [{name: http, port: 80, targetPort: web}]}
{{- end }}

{{- define "shop.open" -}}
spec:
  type: NodePort {{/* want "type NodePort of Service \"one\" lets in clients" "type NodePort of Service \"two\" lets in clients" */}}
{{- end }}
