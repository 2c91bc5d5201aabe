{{- define "shop.source" -}}
source:
  ipBlocks: [{{ . }}] # want "^error: ipBlocks\\[0\\] is \"10.0.0.300\".*; Istio refuses this AuthorizationPolicy"
{{- end }}
