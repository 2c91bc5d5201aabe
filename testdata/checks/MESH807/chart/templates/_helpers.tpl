{{- define "shop.db" -}}
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: {{ . }}}
spec:
  selector:
    matchLabels: {app: db} {{/* want "^warning: PeerAuthentications \"strict\" and \"port\" both select the pods of StatefulSet \"db\": Istio uses the older one and ignores the other" */}}
{{- end }}
