{{- define "shop.clients" -}}
- from:
    - source:
        namespaces: [shop] {{/* want "^warning: ALLOW rule of \"plain\" asks for \"namespaces\", and port http:80 of Service \"plain\" takes plain text alone \\(DISABLE\\), which names no client: it never matches, and connections are denied" */}}
{{- end }}
