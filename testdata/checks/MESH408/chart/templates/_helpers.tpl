{{- define "shop.network" -}}
hostNetwork: true {{/* want "^note: Deployment \"helped\"" */}}
dnsPolicy: ClusterFirstWithHostNet
{{- end }}
