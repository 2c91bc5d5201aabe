{{- define "kit.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .name }}
spec:
  template:
    metadata: # want "^warning: Job \"lib\" never completes"
      labels: {app: {{ .name }}}
    spec:
      restartPolicy: Never
      containers:
        - {name: main, image: "kit:1.0"}
{{- end }}
