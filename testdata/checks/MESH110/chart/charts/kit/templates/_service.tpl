{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: web
      port: 80
      protocol: GRPC # want "protocol \"GRPC\" of a port of Service \"lib\""
{{- end }}
