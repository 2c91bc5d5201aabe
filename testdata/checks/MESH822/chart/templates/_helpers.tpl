{{- define "shop.filter" -}}
name: {{ . }} # want "^warning: \"envoy.http_connection_manager\" is a name that Envoy removed, and matches no filter: the patch is not applied"
{{- end }}
