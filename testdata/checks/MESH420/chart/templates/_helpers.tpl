{{- define "shop.proxy" -}}
- name: istio-proxy {{/* want "^note: StatefulSet .cache. has the sidecar of a certain Istio in its manifest" */}}
  image: example.com/proxyv2:1.20.0
{{- end }}
