{{- define "shop.labels" -}}
istio.io/rev: canary {{/* want "^warning: .* of the pods of StatefulSet .cache. has no effect" */}}
{{- end }}
