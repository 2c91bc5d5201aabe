{{- define "kit.workload" -}}
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ . }}
spec:
  template:
    spec:
      hostNetwork: true {{/* want "DaemonSet \"ledger\"" */}}
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
