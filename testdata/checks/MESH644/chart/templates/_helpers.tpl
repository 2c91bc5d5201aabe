{{- define "inits.wait" -}}
- name: by-helper {{/* want "^warning: init container \"by-helper\" uses the network \\(curl\\)" */}}
  image: curl:1.0
  command: [sh, -c, "until curl -sf http://api/healthz; do sleep 1; done"]
{{- end }}
