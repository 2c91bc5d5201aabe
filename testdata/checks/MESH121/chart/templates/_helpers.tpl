{{- define "shop.probe" -}}
httpGet: {path: /ready, port: web} {{/* want "^error: the readinessProbe asks for port \"web\", but container \"shop\" has no port of that name: it fails every time" */}}
{{- end }}
