{{- define "probe.meta" -}}
metadata:
  labels: {app: {{ . }}}
{{- end }}

{{- define "probe.exec" -}}
exec:
  command:
    - wget
    - -qO-
    - "--header=Host: api.prod" {{/* want "^warning: wget sends a request to web:8080 with the Host header \"api.prod\"" */}}
    - http://web:8080/ready
{{- end }}
