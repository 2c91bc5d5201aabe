{{- define "shop.meta" -}}
metadata:
  labels: {app: {{ . }}}
{{- end }}

{{- define "shop.database" -}}
- name: DATABASE
  value: postgresql://shop:s3cret@db.eu-west-1.rds.amazonaws.com/shop {{/* want "^warning: db.eu-west-1.rds.amazonaws.com:5432 is outside the mesh and has no ServiceEntry: REGISTRY_ONLY blocks it$" */}}
{{- end }}
