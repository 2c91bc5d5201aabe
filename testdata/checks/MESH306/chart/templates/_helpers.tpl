{{- define "shop.labels" -}}
app: helped
app.kubernetes.io/name: helped
version: v2 {{/* want "^note: the pods of StatefulSet \"helped\" have the label version \"v2\", but Istio's metrics call it \"2.0\" by app.kubernetes.io/version" */}}
app.kubernetes.io/version: "2.0"
{{- end }}
