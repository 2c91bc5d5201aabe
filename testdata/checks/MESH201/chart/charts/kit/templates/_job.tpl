{{- define "kit.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .name }}
spec:
  template:
    spec:
      restartPolicy: Never
      securityContext:
        runAsUser: 1337 {{/* want "^error: container \"import\" runs as UID 1337" */}}
      containers:
        - {name: {{ .name }}, image: "example.com/import:1.0"}
{{- end }}
