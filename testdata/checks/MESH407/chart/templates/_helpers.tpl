{{- define "shop.annotations" -}}
sidecar.istio.io/inject: "disabled" {{/* want "^warning: annotation sidecar.istio.io/inject: .disabled. of the pods of StatefulSet .cache. is neither .true. nor .false.: Istio decides as if it were not there$" */}}
{{- end }}
