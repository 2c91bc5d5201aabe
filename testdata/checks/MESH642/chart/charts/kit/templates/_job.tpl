{{- define "kit.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .name }}
spec:
  template:
    metadata: {labels: {app: {{ .name }}}}
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: kit:1.0
          command:
            - wget
            - --post-data=
            - http://127.0.0.1:15090/quitquitquit # want "^warning: the request to quit goes to port 15090"
{{- end }}
