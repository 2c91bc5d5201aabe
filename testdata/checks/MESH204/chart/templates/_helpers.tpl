{{- define "shop.podSecurity" -}}
pod-security.kubernetes.io/enforce: baseline {{/* want "namespace \"helped\" enforces" */}}
{{- end }}
