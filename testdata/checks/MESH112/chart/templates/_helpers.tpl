{{- define "db.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec: {{/* want "headless Service \"one\"" "headless Service \"two\"" */}}
  clusterIP: None
  selector: {app: {{ . }}}
{{- end }}
