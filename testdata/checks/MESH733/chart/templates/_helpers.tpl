{{- define "edge.tls" -}}
tls:
  mode: SIMPLE
  serverCertificate: /etc/certs/tls.crt {{/* want "Gateway \"file-two\" uses certificate \"/etc/certs/tls.crt\", and so does Gateway \"file-one\"" */}}
  privateKey: /etc/certs/tls.key
{{- end }}

{{- define "edge.gateway" -}}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: {{ .name }}
spec:
  selector: {{ .selector | default (dict "istio" "ingressgateway") | toJson }}
  servers:
    - port: {number: {{ .port | default 443 }}, name: port, protocol: {{ .protocol | default "HTTPS" }}}
      hosts: [{{ .host | quote }}]
      tls: {mode: SIMPLE, credentialName: {{ .credential | default "wildcard" }}}
{{- end }}
