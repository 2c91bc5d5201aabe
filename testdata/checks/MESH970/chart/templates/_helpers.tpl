{{- define "shop.users" -}}
- name: USERS
  value: 100 {{/* want "containers.0..env.1..value must be a string, not a whole number" */}}
{{- end -}}
