{{- define "shop.use" -}}
istio.io/use-waypoint: services {{/* want "waypoint \"services\" is for service traffic: what is sent to the pods themselves goes past it" */}}
{{- end }}
