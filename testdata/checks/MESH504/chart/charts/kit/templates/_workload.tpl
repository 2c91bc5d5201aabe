{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
    spec:
      containers:
        - name: app
          image: example.com/app:1.0
          livenessProbe:
            tcpSocket: {port: 15021} {{/* want "livenessProbe of container \"app\" targets port 15021" */}}
{{- end }}
