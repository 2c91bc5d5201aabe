{{- define "shop.selector" -}}
workloadSelector:
  labels: {{/* want "^error: Sidecar \"helped\" selects the pods of Deployment \"ratings\", and so does Sidecar \"dupe-3\"" */}}
    tier: back
{{- end }}

{{- define "shop.pods" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  namespace: {{ .namespace | default "shop" }}
spec:
  selector: {matchLabels: {app: {{ .name }}}}
  template:
    metadata:
      labels: {app: {{ .name }}, tier: {{ .tier | default "front" }}, {{ .more | default "team: shop" }}}
    spec:
      containers: [{name: {{ .container | default "app" }}, image: shop/app:1}]
{{- end }}
