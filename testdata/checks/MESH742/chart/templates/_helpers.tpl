{{- define "shop.entry" -}}
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: {{ .name }}
spec:
  hosts: [{{ .name }}.example.com]
  resolution: DNS
  {{- with .more }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  ports:
    - {number: {{ .number | default 443 }}, name: port, protocol: {{ .protocol }}, {{ .target | default "" }}}
{{- end }}

{{- define "shop.rule" -}}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {{ .name }}
spec:
  host: {{ .host | default (printf "%s.example.com" .name) | quote }}
  trafficPolicy:
    tls:
      mode: SIMPLE {{/* want "^warning: DestinationRule \"twice\" starts TLS to \"twice.example.com\", whose port 443 is declared HTTPS: what clients encrypt is encrypted twice" */}}
{{- end }}
