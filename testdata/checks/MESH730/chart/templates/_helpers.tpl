{{- define "shop.selector" -}}
selector: {{/* want "^warning: Gateway \"helped\" selects app=edge,tier=front, which no pods of the input have: no gateway serves it$" */}}
  app: edge
  tier: front
{{- end }}
