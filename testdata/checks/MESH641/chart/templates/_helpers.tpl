{{- define "jobs.template" -}}
metadata: {{/* want "^warning: Job \"helped\" never completes with a sidecar unless every node" */}}
  labels: {app: {{ . }}}
spec:
  restartPolicy: Never
  containers:
    - {name: main, image: "main:1.0", command: [./run]}
{{- end }}
