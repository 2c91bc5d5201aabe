{{- define "shop.egress" -}}
egress: [] {{/* want "NetworkPolicy \"none\" does not let the sidecars of Pod \"none\" reach istiod" */}}
{{- end }}
