{{- define "shop.policy" -}}
trafficPolicy: {{/* want "^warning: DestinationRules \"first\" and \"second\" both have a trafficPolicy for host \"reviews\": Istio uses only that of the older one" */}}
  loadBalancer: {simple: RANDOM}
{{- end }}
