{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  clusterIP: None
  selector: {app: {{ . }}}
  ports:
    - port: 80 # want "port 80 of Service \"lib\""
{{- end }}
