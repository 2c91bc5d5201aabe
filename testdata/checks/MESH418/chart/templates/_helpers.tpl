{{- define "shop.labels" -}}
istio.io/rev: stable
{{- end }}
