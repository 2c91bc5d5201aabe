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
        - name: CACHE
          value: redis://10.20.30.40 # want "^note: 10.20.30.40:6379 is the address"
{{- end }}
