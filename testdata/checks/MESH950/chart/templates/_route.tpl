{{- define "shop.route" -}}
apiVersion: networking.istio.io/v2 {{/* want "no release of Istio serves networking.istio.io/v2 VirtualService" */}}
kind: VirtualService
metadata:
  name: web
spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
{{- end }}
