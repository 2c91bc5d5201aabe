{{- define "peers.meta" -}}
metadata:
  labels: {app: {{ . }}}
{{- end }}

{{- define "peers.env" -}}
- name: SEED
  value: https://[fd12:3456::7]:8443/join {{/* want "^note: .fd12:3456::7.:8443 is the address of a pod" */}}
{{- end }}
