{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: http2, port: 9443} # want "^warning: port http2:9443 of Service \"lib\""
{{- end }}
