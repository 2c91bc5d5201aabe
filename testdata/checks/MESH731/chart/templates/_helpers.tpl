{{- define "edge.gateway" -}}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: {{ .name }}
spec:
  selector: {istio: {{ .selects | default "public" }}}
  servers:
    - port: {number: {{ .port }}, name: http, protocol: HTTP}
      hosts: [shop.example.com]
{{- end }}

{{- define "edge.pods" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  namespace: edge
spec:
  selector: {matchLabels: {istio: {{ .name }}}}
  template:
    metadata:
      labels: {istio: {{ .name }}}
    spec:
      containers:
        - name: istio-proxy
          image: auto
          ports:
            - {name: plain, containerPort: 8080}
            - {name: direct, containerPort: 9000{{ .more }}}
{{- end }}
