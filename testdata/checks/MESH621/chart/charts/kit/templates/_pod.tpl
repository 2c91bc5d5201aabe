{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
  labels: {app: {{ .name }}}
spec:
  containers:
    - name: main
      image: kit:1.0
      env:
        - name: TELEMETRY
          value: https://telemetry.kit.dev/v1 # want "^warning: telemetry.kit.dev:443 "
{{- end }}
