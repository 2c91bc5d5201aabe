{{- define "shop.policy" -}}
outlierDetection:
  consecutiveErrors: 5 {{/* want "^warning: trafficPolicy.outlierDetection.consecutiveErrors is deprecated" */}}
{{- end }}
