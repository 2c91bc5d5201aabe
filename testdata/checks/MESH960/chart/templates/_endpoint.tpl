{{- define "shop.endpoint" -}}
- fromRegistry: nowhere {{/* want "no cluster \"nowhere\" is known here" */}}
{{- end }}
