{{- define "shop.traffic" -}}
sidecar.istio.io/interceptionMode: NONE {{/* want "of StatefulSet \"helped\" is NONE" */}}
{{- end }}
