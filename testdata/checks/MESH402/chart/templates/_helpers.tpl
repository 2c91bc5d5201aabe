{{- define "shop.mesh" -}}
istio-injection: enabled {{/* want "^warning: namespace \"helped\" has istio-injection and istio.io/dataplane-mode" */}}
istio.io/dataplane-mode: ambient
{{- end }}
