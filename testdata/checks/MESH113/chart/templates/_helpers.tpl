{{- define "shop.selector" -}}
selector: {{/* want "^note: Service \"included\" selects no pod of the input: without others it has no endpoint" */}}
  app: nobody
{{- end }}
