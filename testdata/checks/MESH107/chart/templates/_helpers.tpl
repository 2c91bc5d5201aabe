{{- define "shop.port" -}}
- name: tcp-web {{/* want "^note: port name \"tcp-web\" of Service \"helped\" says TCP, but Istio uses appProtocol \"http2\"" */}}
  port: 80
  appProtocol: http2
{{- end }}
