{{- define "shop.tls" -}}
- number: 8443
  name: port
  protocol: TLS {{/* want "ServiceEntry \"helped\" declares TLS for port 8443 of \"api.example.com\", and ServiceEntry \"first\" declares HTTP" */}}
{{- end }}
