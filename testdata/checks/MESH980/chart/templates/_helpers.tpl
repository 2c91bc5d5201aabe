{{- define "apps.parameters" -}}
- name: image
  value: shop:1.0
- name: image.tag # want "^warning: parameters .image. and .image.tag. overlap, and Argo CD hands them to Helm in random order: rendering fails whenever the shorter one comes first$"
  value: "1.1"
{{- end }}
