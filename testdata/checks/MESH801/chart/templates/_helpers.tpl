{{- define "shop.allow" -}}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  rules: [{from: [{source: {namespaces: [shop]}}]}]
  selector:
    matchLabels:
      app: {{ .app }}
{{- end }}
