{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: mongo-kit # want "says Mongo, but Istio uses appProtocol \"tls\""
      port: 80
      appProtocol: tls
{{- end }}
