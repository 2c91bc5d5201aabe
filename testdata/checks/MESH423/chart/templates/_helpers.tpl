{{- define "shop.node" -}}
os: {name: windows} {{/* want "^error: the pods of StatefulSet .cache. run on Windows" */}}
{{- end }}
