{{- define "shop.annotations" -}}
sidecar.istio.io/logLevel: debug {{/* want "^note: .* of the pods of StatefulSet .cache. is of a feature in alpha" */}}
{{- end }}
