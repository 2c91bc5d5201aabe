{{- define "shop.inMesh" -}}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: {{ . }}}
spec:
  hosts: [{{ . }}]
  http:
    - route:
        - destination: {host: {{ . }}, subset: v1}
          weight: 90
        - destination: {host: {{ . }}, subset: v2}
          weight: 10
{{- end }}

{{- define "shop.route" -}}
route:
  - destination: {host: helped.default.svc.cluster.local} {{/* want "^warning: VirtualService \"by-helper\" routes requests from its gateways to all pods of \"helped.default.svc.cluster.local\"" */}}
{{- end }}
