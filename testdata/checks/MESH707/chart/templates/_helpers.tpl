{{- define "shop.to" -}}
route: [{destination: {host: {{ . }}}}]
{{- end }}

{{- define "shop.rules" -}}
- match: [{uri: {prefix: /api}, headers: {tenant: {exact: a}}}]
  route: [{destination: {host: api}}]
- match: [{uri: {exact: /api/v1}, headers: {tenant: {exact: a}, debug: {}}}] {{/* want "^warning: http.1. of VirtualService \"helped\" is never used: http.0. above has a wider match" */}}
  route: [{destination: {host: api-v1}}]
{{- end }}
