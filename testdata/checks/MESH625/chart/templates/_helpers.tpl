{{- define "shop.annotations" -}}
nginx.ingress.kubernetes.io/service-upstream: "false" {{/* want "^warning: Ingress \"refused\" lets ingress-nginx send" */}}
{{- end }}
