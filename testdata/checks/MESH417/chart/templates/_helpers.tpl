{{- define "shop.labels" -}}
istio.io/dataplane-mode: sidecar {{/* want "^warning: label istio.io/dataplane-mode: .sidecar. of the pods of StatefulSet .cache. is none of its values .ambient, none.: Istio ignores it" */}}
{{- end }}
