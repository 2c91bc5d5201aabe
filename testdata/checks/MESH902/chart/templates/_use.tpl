{{- define "shop.use" -}}
istio.io/use-waypoint: missing {{/* want "the input has no waypoint \"missing\" in namespace \"shop\"" */}}
{{- end }}
