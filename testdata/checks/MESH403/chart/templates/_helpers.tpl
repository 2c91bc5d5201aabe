{{- define "shop.labels" -}}
istio.io/dataplane-mode: ambient {{/* want "^warning: the pods of StatefulSet .cache. ask for ambient mode" */}}
sidecar.istio.io/inject: "true"
{{- end }}
