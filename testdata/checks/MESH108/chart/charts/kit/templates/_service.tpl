{{- define "kit.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ . }}
spec:
  selector: {app: {{ . }}}
  ports:
    - name: mysqldb # want "did you mean \"mysql-db\""
      port: 3307
{{- end }}
