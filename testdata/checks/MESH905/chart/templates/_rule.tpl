{{- define "shop.rule" -}}
- ports: {{/* want "NetworkPolicy \"named\" lets ports into" */}}
    - port: http
{{- end }}
