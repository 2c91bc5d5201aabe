{{- define "shop.users" -}}
- name: USERS
  value: 100 {{/* want "containers.0..env.1..value must be a string, not a whole number" */}}
{{- end -}}

{{- define "shop.region" -}}
{{- tpl .Values.backup.bucket.port . -}} {{/* want "^warning: .Values.backup.bucket.port: wrong type for value; expected string; got float64 .rendering templates/backup.yaml:16.; Helm then installs nothing of the chart .only with --set backup.bucket.enabled=true.$" */}}
{{- end -}}
