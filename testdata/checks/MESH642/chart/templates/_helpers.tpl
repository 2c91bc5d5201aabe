{{- define "quits.command" -}}
- curl
- -sf
- http://localhost:15020/quitquitquit {{/* want "^warning: curl sends the request to quit as GET" */}}
{{- end }}
