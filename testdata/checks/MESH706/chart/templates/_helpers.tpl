{{- define "routes.host" -}}
other.example.com{{/* want "^warning: Gateway .kube. has none of the hosts" */}}
{{- end -}}
