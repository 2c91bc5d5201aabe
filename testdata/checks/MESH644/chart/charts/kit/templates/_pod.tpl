{{- define "kit.pod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ .name }}
spec:
  initContainers:
    - name: kit # want "^warning: init container \"kit\" uses the network \\(nc\\)"
      image: busybox:1.36
      command: [nc, -zv, -w, "3", db, "5432"]
  containers: [{name: main, image: "main:1.0"}]
{{- end }}
