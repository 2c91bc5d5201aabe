{{- define "shop.from" -}}
- source:
    notNamespaces: [nowhere] {{/* want "^note: no namespace \"nowhere\" in the input: unless it is created elsewhere, no request comes from it" */}}
{{- end }}
