{{- define "shop.policy" -}}
loadBalancer:
  simple: {{ . }} # want "^error: simple is \"LEAST_REQUESTS\", which is none of .*; the API server refuses this DestinationRule"
{{- end }}
