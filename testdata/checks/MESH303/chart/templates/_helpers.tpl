{{- define "shop.labels" -}}
app.kubernetes.io/name: shop {{/* want "^note: Deployment \"api\" and StatefulSet \"store\" are both application \"shop\"" */}}
app.kubernetes.io/version: "1.0"
{{- end }}
