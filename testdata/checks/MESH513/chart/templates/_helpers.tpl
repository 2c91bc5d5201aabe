{{/* A webhook's pods and their Service. */}}
{{- define "shop.hook" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}}
      annotations: {{ toJson (.annotations | default dict) }}
    spec:
      hostNetwork: {{ .hostNetwork | default false }}
      containers: [{name: hook, image: hook, ports: [{name: hook, containerPort: 9443}]}]
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  selector: {app: {{ .name }}}
  ports: [{name: {{ .port | default "https" }}, port: 443, targetPort: hook}, {name: http-metrics, port: 8080}]
{{- end }}

{{- define "shop.calls" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: {{ .name }}}
webhooks:
  - name: {{ .name }}.example.com
    failurePolicy: {{ .policy | default "Fail" }}
    clientConfig: {service: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}}
{{- end }}

{{- define "shop.strict" -}}
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  selector: {matchLabels: {app: {{ .name }}}}
  mtls: {mode: STRICT} {{/* want "^error: mode STRICT makes the proxy of Deployment \"one\"" "^error: mode STRICT makes the proxy of Deployment \"two\"" "^warning: mode STRICT makes the proxy of Deployment \"ignored\"" "^warning: mode STRICT makes the proxy of Deployment \"assumed\"" "^error: mode STRICT makes the proxy of Deployment \"crd\"" */}}
{{- end }}
