{{- define "shop.probes" -}}
startupProbe:
  grpc: {port: 15000} {{/* want "^warning: startupProbe of container \"app\" targets port 15000, which the sidecar uses for Envoy's admin interface" */}}
{{- end }}
