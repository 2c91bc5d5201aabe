{{- define "edge.bad" -}}
stringData:
  cert: hush {{/* want "^error: cert of Secret \"no-pem\" is not PEM, and Gateway \"no-pem\" uses it: clients cannot connect" */}}
  key: hush
{{- end }}
