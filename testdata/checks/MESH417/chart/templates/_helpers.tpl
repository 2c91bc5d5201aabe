{{- define "shop.labels" -}}
istio.io/dataplane-mode: sidecar {{/* want "^warning: label istio.io/dataplane-mode: .sidecar. of the pods of StatefulSet .cache. is not a valid value .ambient, none.: Istio ignores it" */}}
{{- end }}
