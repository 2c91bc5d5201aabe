{{- define "shop.paths" -}}
paths: [/admin] {{/* want "^warning: ztunnel reads no HTTP and leaves paths out: the rule denies more than it says, or nothing at all" */}}
{{- end }}
