{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: https # want "^note: .* is a UDP port that \"https\" declares as HTTPS"
      port: 443
      protocol: UDP
{{- end }}
