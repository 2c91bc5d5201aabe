{{- define "shop.sidecar" -}}
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: helped {{/* want "^warning: Sidecar \"helped\" is in namespace \"payments\", which is in the ambient mesh" */}}
  namespace: payments
spec:
  egress: [{hosts: ["./*"]}]
{{- end }}

{{- define "shop.pods" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  namespace: {{ .namespace }}
  labels: {app: {{ .name }}, {{ .more | default "team: shop" }}}
spec:
  containers: [{name: app, image: shop/app:1}]
{{- end }}
