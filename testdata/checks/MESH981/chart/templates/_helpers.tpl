{{- define "apps.parameters" -}}
- name: format
  value: "%{x} ${upstream} %" # want "^warning: the value of parameter .format. has a ., which Argo CD reads as the start of a variable"
{{- end }}
