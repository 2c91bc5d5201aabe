{{- define "shop.annotations" -}}
proxy.istio.io/config: '{proxyMetadata: {ISTIO_META_DNS_CAPTURE: true}}' {{/* want "^warning: annotation proxy.istio.io/config of the pods of StatefulSet .cache. is not valid: the value of ISTIO_META_DNS_CAPTURE in proxyMetadata is not text: put it in quotes; Istio refuses" */}}
{{- end }}
