{{- define "kit.broker" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
spec:
  serviceName: {{ .name }}
  template:
    metadata:
      labels: {app: {{ .name }}}
    spec:
      containers:
        - {name: server, image: "rabbitmq:4-management", ports: [{name: queue, containerPort: 5672}, {name: ui, containerPort: 15672}]}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
spec:
  selector: {app: {{ .name }}}
  ports:
    - name: http # want "^error: port http:80 is declared as HTTP, but carries AMQP .image rabbitmq."
      port: 80
      targetPort: queue
    - {name: http-ui, port: 15672, targetPort: ui}
{{- end }}
