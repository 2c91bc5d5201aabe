{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
spec:
  containers:
    - name: kit
      image: kit:1.0
      lifecycle: {preStop: {exec: {command: [sleep, 1m]}}} # want "^warning: the preStop hook of container \"kit\" sleeps for 1m0s"
{{- end }}
