{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: https # want "^note: .* has protocol UDP, but \"https\" declares HTTPS"
      port: 443
      protocol: UDP
{{- end }}
