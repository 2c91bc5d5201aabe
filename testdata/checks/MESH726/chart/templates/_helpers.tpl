{{- define "shop.headless" -}}
apiVersion: v1
kind: Service
metadata: {name: {{ . }}}
spec: {clusterIP: None, selector: {app: {{ . }}}, ports: [{name: http, port: 80}]}
---
{{- end }}

{{- define "shop.sticky" -}}
loadBalancer: {{/* want "^warning: loadBalancer of DestinationRule \"helped\" has no effect in sidecars: Service \"helped\" is headless" */}}
  consistentHash: {useSourceIp: true}
{{- end }}
