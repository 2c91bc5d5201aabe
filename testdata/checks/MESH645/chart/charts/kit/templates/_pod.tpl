{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
spec:
  containers:
    - name: kit
      image: kit:1.0
      command: [sh, -c, "kubectl get pods; exec kit"] # want "^note: container \"kit\" uses the network \\(kubectl\\)"
{{- end }}
