{{- define "shop.labels" -}}
sidecar.istio.io/inject: "true" {{/* want "^warning: label sidecar.istio.io/inject: \"true\" is on the metadata of DaemonSet \"agent\"" */}}
{{- end }}
