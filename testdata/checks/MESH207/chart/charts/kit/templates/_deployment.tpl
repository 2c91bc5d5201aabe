{{- define "kit.deployment" -}}
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
          image: "example.com/app:1.0"
          securityContext:
            capabilities:
              add: [NET_ADMIN] {{/* want "of Deployment \"ledger\" adds the capability" */}}
{{- end }}
