{{- define "kit.namespace" -}}
apiVersion: v1
kind: Namespace
metadata:
  name: {{ . }}
  labels:
    istio-injection: enabled
    pod-security.kubernetes.io/enforce: baseline {{/* want "^error: namespace \"ledger\"" */}}
{{- end }}
