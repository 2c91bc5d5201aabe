{{- define "shop.gateway" -}}
- namespace: egress {{/* want "a gateway without a name" */}}
{{- end }}
