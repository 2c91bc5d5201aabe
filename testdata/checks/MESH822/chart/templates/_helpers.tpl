{{- define "shop.filter" -}}
name: {{ . }} # want "^warning: \"envoy.http_connection_manager\" is a name that Envoy gave up, and matches no filter: the patch is not applied"
{{- end }}
