{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
spec:
  restartPolicy: Never
  shareProcessNamespace: false
  containers:
    - name: main
      image: kit:1.0
      command:
        - pkill
        - -f
        - pilot-agent # want "^warning: pkill of \"pilot-agent\" finds no process"
{{- end }}
