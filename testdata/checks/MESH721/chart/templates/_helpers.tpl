{{- define "shop.app" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}-{{ .version }}}
spec:
  selector: {matchLabels: {app: {{ .name }}, version: {{ .version | quote }}}}
  template:
    metadata: {labels: {app: {{ .name }}, version: {{ .version | quote }}, tier: {{ .tier | default "front" }}}}
    spec: {containers: [{name: main, image: example.com/app}]}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}}
spec:
  selector: {app: {{ .name }}}
  ports: [{name: http, port: 80}]
{{- end }}

{{- define "shop.subsets" -}}
- name: helped
  labels:
    vresion: v1 {{/* want "^warning: subset \"helped\" of Service \"reviews\" selects no pods, and requests to it fail with 503: none of its pods has vresion: v1$" */}}
{{- end }}
