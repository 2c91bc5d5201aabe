{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  clusterIP: None
  selector: {app: {{ . }}}
  ports:
    - name: kit # want "port name \"kit\" of Service \"lib\""
      port: 80
{{- end }}
