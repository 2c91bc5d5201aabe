{{- define "kit.front" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}}
      {{- with .annotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      containers:
        - name: nginx
          image: {{ .image | default "example.com/nginx:1.27" }}
          volumeMounts: [{name: conf, mountPath: /etc/nginx/conf.d}]
      volumes:
        - {name: conf, configMap: {name: {{ .config | default .name }}}}
{{- end }}
