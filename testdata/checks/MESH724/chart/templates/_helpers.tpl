{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}}
spec:
  selector: {matchLabels: {app: {{ .name }}}}
  template:
    metadata:
      labels: {app: {{ .name }}, version: v1, mtls: {{ .mtls }}, sidecar.istio.io/inject: {{ .inject | default "true" | quote }}}
      annotations: {traffic.sidecar.istio.io/excludeInboundPorts: {{ .exclude | default "1" | quote }}}
    spec: {containers: [{name: main, image: example.com/app}]}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: http, port: 80, targetPort: 8080}
    - {name: http-admin, port: 81, targetPort: 8081}
---
{{- end }}

{{- define "shop.mutual" -}}
tls: {mode: ISTIO_MUTUAL} {{/* want "^error: tls mode ISTIO_MUTUAL, but Deployment \"plain\" accepts only plain text .DISABLE. and connections fail on port http:80 of Service \"plain\" .and on 1 more port." */}}
{{- end }}
