{{- define "kit.rule" -}}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: {{ .host }}
spec:
  host: {{ .host }}
  trafficPolicy:
    tls:
      mode: SIMPLE # want "^error: clients of \"lib\" port tcp-mysql:3306 use tls mode SIMPLE"
{{- end }}
