{{- define "shop.pod" -}}
metadata:
  labels: {app: {{ . }}}
spec:
  containers:
    - name: main
      image: example.com/shop:1.0
      ports:
        - {name: main, containerPort: 8080}
{{- end }}

{{- define "shop.metricsPort" -}}
- name: http
  port: 9100 {{/* want "^note: port 9100 of Service \"store-metrics\" and port 80 of Service \"store\" both target container port 8080 of StatefulSet" */}}
  targetPort: 8080
{{- end }}
