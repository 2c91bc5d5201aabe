{{- define "shop.bundle" -}}
gateway.networking.k8s.io/bundle-version: v1.0.0 {{/* want "grpcroutes.gateway.networking.k8s.io is of Gateway API 1.0.0" "backendtlspolicies.gateway.networking.k8s.io is of" */}}
{{- end }}
