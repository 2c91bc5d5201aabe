{{- define "shop.subsets" -}}
subsets: {{/* want "^warning: the subsets of DestinationRule \"web\" apply to an ambient Service: only a VirtualService at a waypoint uses them" */}}
  - {name: v1, labels: {version: v1}}
{{- end }}
