{{- define "shop.ports" -}}
- name: health
  containerPort: 15021 {{/* want "^error: .*DaemonSet \"agent\" listens on port 15021, which the sidecar uses for health checks" */}}
{{- end }}
