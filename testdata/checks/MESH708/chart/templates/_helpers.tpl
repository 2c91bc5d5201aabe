{{- define "shop.match" -}}
- uri: {prefix: /cart}
- uri: {prefix: /cart} {{/* want "^note: match.1. .uri prefix \"/cart\". of http.0. of VirtualService \"helped\" is never used: http.0. above has the same match" */}}
{{- end }}
