{{- define "shop.selector" -}}
app: helped
app.kubernetes.io/version: "1.0" {{/* want "^note: Service \"helped\" selects version \"1.0\" alone: no route through it reaches version \"2.0\" of Deployment \"helped-2\"" */}}
{{- end }}
