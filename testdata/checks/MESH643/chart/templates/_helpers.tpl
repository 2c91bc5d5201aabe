{{- define "kills.args" -}}
- ./run; kill -TERM $(pidof envoy) {{/* want "^warning: kill of \"envoy\" finds no process" */}}
{{- end }}
