{{- define "shop.labels" -}}
istio.io/use-waypoint: waypoint {{/* want "^warning: label .istio.io/use-waypoint. is on DaemonSet .agent., where Istio ignores it: it works on pods, objects of kind WorkloadEntry, Services, objects of kind ServiceEntry and namespaces only$" */}}
{{- end }}
