{{- define "shop.proxy" -}}
- name: istio-proxy
  image: auto {{/* want "^error: container .istio-proxy. of StatefulSet .cache. has image: auto, but Istio does not inject the pods" */}}
{{- end }}
