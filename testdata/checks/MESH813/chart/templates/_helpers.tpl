{{- define "shop.clients" -}}
- from:
    - source:
        namespaces: [shop] {{/* want "^warning: ALLOW rule of \"plain\" asks for \"namespaces\", and port http:80 of Service \"plain\" accepts only plain text \\(DISABLE\\), so the client has no identity: it never matches, and connections are denied" */}}
{{- end }}
