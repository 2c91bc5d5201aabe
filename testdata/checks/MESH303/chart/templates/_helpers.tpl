{{- define "shop.labels" -}}
app.kubernetes.io/name: shop {{/* want "^note: StatefulSet \"store\" is application \"shop\"" */}}
app.kubernetes.io/version: "1.0"
{{- end }}
