{{- define "shop.labels" -}}
app.kubernetes.io/name: service {{/* want "^note: label app.kubernetes.io/name of the pods of StatefulSet \"helped\" is \"service\"" */}}
version: v1
{{- end }}
