{{- define "shop.listener" -}}
- name: mesh
  port: 15008
  protocol: TCP {{/* want "waypoint \"plain\" listens with protocol TCP" */}}
{{- end }}
