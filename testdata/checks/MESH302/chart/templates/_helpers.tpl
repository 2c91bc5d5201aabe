{{- define "shop.metadata" -}}
labels: {{/* want "^note: the pods of DaemonSet \"agent\" have no label version, app.kubernetes.io/version or service.istio.io/canonical-revision" */}}
  app: x
{{- end }}
