{{- define "edge.gateway" -}}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: {{ .name }}
  namespace: {{ .namespace | default "default" }}
  labels: {{ .labels | default dict | toJson }}
spec:
  selector: {{ .selector | default (dict "istio" "ingressgateway") | toJson }}
  servers:
    - port: {number: {{ .port | default 443 }}, name: port, protocol: {{ .protocol | default "HTTPS" }}}
      hosts: [{{ .host | quote }}]
      {{- with .bind }}
      bind: {{ . }}
      {{- end }}
      {{- if eq (.protocol | default "HTTPS") "HTTPS" }}
      tls: {mode: SIMPLE, credentialName: {{ .name }}}
      {{- end }}
{{- end }}

{{- define "edge.tcp" -}}
port: {number: 9000, name: tcp, protocol: TCP} {{/* want "^error: Gateway \"helped\" has TCP on port 9000, and Gateway \"http\" has HTTP there for the same gateway pods: Istio drops the newer server" */}}
{{- end }}
