{{- define "shop.proxy" -}}
proxyMetadata:
  ISTIO_META_DNS_CAPTURE: true # want "defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE of the mesh must be a text, in quotes"
{{- end }}
