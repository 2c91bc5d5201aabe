{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ . }}
spec:
  securityContext:
    runAsGroup: 1337 {{/* want "^warning: container \"tool\"" */}}
  containers:
    - {name: {{ . }}, image: "example.com/tool:1.0"}
{{- end }}
