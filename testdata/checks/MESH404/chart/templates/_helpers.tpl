{{- define "shop.annotations" -}}
sidecar.istio.io/inject: "false" {{/* want "^note: .* the pods of DaemonSet \"agent\"" */}}
{{- end }}
