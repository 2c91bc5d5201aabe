{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: kit
      port: 80
      appProtocol: http3 # want "^note: appProtocol \"http3\""
{{- end }}
