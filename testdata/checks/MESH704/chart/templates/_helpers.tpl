{{- define "routes.port" -}}
host: two
port: {number: 8081} # want "^error: Service .two. has no port 8081"
{{- end -}}
