{{- define "shop.psp" -}}
apiVersion: policy/v1beta1 {{/* want "Kubernetes 1.25 and newer do not serve policy/v1beta1 PodSecurityPolicy" */}}
kind: PodSecurityPolicy
metadata:
  name: open
{{- end }}
