{{- define "shop.rules" -}}
jwtRules: {{/* want "RequestAuthentication \"red\"" "RequestAuthentication \"blue\"" */}}
  - issuer: https://login.example.com
{{- end }}

{{- define "shop.login" -}}
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: {{ .name }}, namespace: {{ .namespace }}}
spec:
  selector: {matchLabels: {app: web}}
  jwtRules: [{issuer: https://login.example.com{{ with .more }}, {{ . }}{{ end }}}]
{{- end }}
