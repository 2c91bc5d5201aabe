{{- define "shop.paths" -}}
paths: [/admin] {{/* want "^warning: ztunnel reads no HTTP and leaves paths out: the rule denies other connections than it says" */}}
{{- end }}
