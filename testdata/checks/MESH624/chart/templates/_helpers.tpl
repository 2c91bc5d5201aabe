{{- define "shop.location" -}}
location /included { proxy_pass http://backend:8080; } {{/* want "passes requests to http://backend:8080" */}}
{{- end }}
