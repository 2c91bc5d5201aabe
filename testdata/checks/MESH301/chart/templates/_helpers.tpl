{{- define "shop.metadata" -}}
labels: {{/* want "^warning: the pods of DaemonSet \"agent\" have no label app, app.kubernetes.io/name or service.istio.io/canonical-name" */}}
  version: v1
{{- end }}
