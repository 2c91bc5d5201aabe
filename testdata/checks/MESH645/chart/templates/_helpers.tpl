{{- define "starts.command" -}}
command: [wget, -qO, /srv/index.html, "http://site/"] {{/* want "^note: container \"by-helper\" uses the network \\(wget\\)" */}}
{{- end }}
