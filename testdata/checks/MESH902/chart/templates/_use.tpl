{{- define "shop.use" -}}
istio.io/use-waypoint: missing {{/* want "no waypoint \"missing\" is in namespace \"shop\" here" */}}
{{- end }}
