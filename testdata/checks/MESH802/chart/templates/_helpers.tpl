{{- define "shop.from" -}}
- source:
    notNamespaces: [nowhere] {{/* want "^note: no namespace \"nowhere\" in the input: unless another one makes it, nothing comes from there" */}}
{{- end }}
