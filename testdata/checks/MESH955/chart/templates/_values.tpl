{{- define "shop.values" -}}
global:
  outboundTrafficPolicy: {mode: REGISTRY_ONLY} {{/* want "values.global.outboundTrafficPolicy is not known to istioctl since 1.24" */}}
{{- end }}
