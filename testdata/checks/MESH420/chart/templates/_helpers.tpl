{{- define "shop.proxy" -}}
- name: istio-proxy {{/* want "^note: StatefulSet .cache. contains a manually injected sidecar" */}}
  image: example.com/proxyv2:1.20.0
{{- end }}
