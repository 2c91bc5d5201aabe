{{- define "shop.selector" -}}
selector: {{/* want "^note: Service \"included\" selects no pod in the input: unless other pods match, it has no endpoints" */}}
  app: nobody
{{- end }}
