{{/* One define asks the cluster; the next one, in the same file, does not. */}}
{{- define "shop.served" -}}
{{ if .Capabilities.APIVersions.Has "networking.k8s.io/v1/Ingress" }}networking.k8s.io/v1{{ end }}
{{- end }}

{{- define "shop.cronJob" -}}
apiVersion: batch/v1beta1 # want "^error: Kubernetes 1.25 and newer do not serve batch/v1beta1 CronJob"
{{- end }}

{{- define "shop.ingress" -}}
apiVersion: {{ if include "shop.served" . }}networking.k8s.io/v1{{ else }}networking.k8s.io/v1beta1{{ end }}
{{- end }}
