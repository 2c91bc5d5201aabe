{{- define "kit.statefulset" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
spec:
  serviceName: {{ .name }}
  template:
    metadata:
      labels: # want "^warning: no Service selects the pods of StatefulSet \"ledger\""
        app: {{ .name }}
    spec:
      containers:
        - {name: main, image: "example.com/kit:1.0"}
{{- end }}
