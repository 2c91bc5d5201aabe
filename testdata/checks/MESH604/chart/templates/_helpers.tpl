{{- define "shop.port" -}}
- {name: mysql-main, port: 3306} {{/* want "port mysql-main:3306 of Service orders is declared as MySQL" */}}
{{- end }}
