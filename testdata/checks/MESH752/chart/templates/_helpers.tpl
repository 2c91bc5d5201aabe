{{- define "shop.selector" -}}
workloadSelector:
  labels:
    app: web {{/* want "^note: Sidecar \"helped\" selects app=web, which no pods in namespace \"empty\" have" */}}
{{- end }}
