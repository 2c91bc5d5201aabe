{{- define "shop.rules" -}}
- to: [{operation: {methods: [GET]}}]
- from: [{source: {namespaces: [{{ . }}]}}] {{/* want "\"policy-red\"" "\"policy-blue\"" */}}
{{- end }}
