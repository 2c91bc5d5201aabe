{{- define "shop.client" -}}
clientConfig: {} {{/* want "webhook \"istio-validator-a.istio.io\" has neither a url nor a service" "istiod-default-validator.istio.io" */}}
{{- end }}
