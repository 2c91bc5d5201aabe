{{- define "shop.annotations" -}}
sidecar.istio.io/inject: "true" {{/* want "^warning: .* the pods of DaemonSet \"agent\" injects nothing" */}}
{{- end }}
