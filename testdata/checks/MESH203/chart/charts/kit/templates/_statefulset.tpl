{{- define "kit.statefulset" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ . }}
spec:
  template:
    metadata:
      labels: {app: {{ . }}}
    spec:
      serviceAccountName: web {{/* want "^error: .*istio-init of StatefulSet \"ledger\"" */}}
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
