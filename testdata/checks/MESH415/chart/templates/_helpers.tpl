{{- define "shop.annotations" -}}
sidecar.istio.io/extraStatTags: tenant {{/* want "^note: .* of the pods of StatefulSet .cache. is deprecated since Istio 1.21" */}}
{{- end }}
