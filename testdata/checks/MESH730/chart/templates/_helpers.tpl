{{- define "shop.selector" -}}
selector: {{/* want "^warning: Gateway \"helped\" selects app=edge,tier=front, which no pods of the input have: it is served by no gateway$" */}}
  app: edge
  tier: front
{{- end }}
