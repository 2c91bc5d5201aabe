{{- define "shop.rule" -}}
jwksUri: {{ . }} # want "^error: jwksUri .*; the API server refuses this RequestAuthentication"
{{- end }}
