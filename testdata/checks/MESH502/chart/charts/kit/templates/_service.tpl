{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}-kit
spec:
  selector: {app: {{ . }}}
  ports:
    - name: http
      port: 80
      targetPort: 15020 {{/* want "Service \"web-kit\"" */}}
{{- end }}
