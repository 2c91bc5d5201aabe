{{- define "routes.gateway" -}}
private{{/* want "^warning: the input has no Gateway .private. in namespace .default." */}}
{{- end -}}
