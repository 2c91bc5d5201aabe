{{- define "shop.subset" -}}
- name: v2
  labels: {version: v2}
  trafficPolicy: {{/* want "^note: the traffic policy of subset \"v2\" of \"reviews\" is never used: no VirtualService in the input routes to the subset" */}}
    connectionPool: {tcp: {maxConnections: 1}}
{{- end }}
