{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: http
      port: 15021 {{/* want "Service \"ledger\"" */}}
      targetPort: 8080
{{- end }}
