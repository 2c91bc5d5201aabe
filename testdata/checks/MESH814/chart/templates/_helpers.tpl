{{- define "shop.db" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  template:
    metadata:
      labels: {app: {{ .name }}, mtls: {{ .mtls | default .name }}}
      {{- with .annotations }}
      annotations: {{ toJson . }}
      {{- end }}
    spec: {containers: [{name: db, image: db}]}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}, namespace: {{ .namespace | default "default" }}}
spec:
  clusterIP: {{ .clusterIP | default "None" }}
  selector: {app: {{ .name }}}
  ports: [{name: tcp-peer, port: 7000}, {name: tcp, port: 5432}]
{{- end }}

{{- define "shop.plain" -}}
portLevelMtls:
  7000:
    mode: DISABLE {{/* want "^warning: clients of the headless Service \"one\" do not see mode DISABLE" "^warning: clients of the headless Service \"two\" do not see mode DISABLE" */}}
{{- end }}
