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
          ports:
            - containerPort: 8080
              hostPort: 15006 {{/* want "of Deployment \"ledger\" takes port 15006" */}}
{{- end }}
