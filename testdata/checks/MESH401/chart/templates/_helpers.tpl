{{- define "shop.labels" -}}
team: included {{/* a label of the namespace */}}
{{- end }}
