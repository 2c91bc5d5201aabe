{{- define "shop.gateway" -}}
selector:
  matchLabels:
    gateway.networking.k8s.io/gateway-name: {{ .Values.gateway }} {{/* want "^note: RequestAuthentication \"public\"" "^note: WasmPlugin \"public\"" */}}
{{- end }}
