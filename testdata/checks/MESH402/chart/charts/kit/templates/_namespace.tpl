{{- define "kit.namespace" -}}
apiVersion: v1
kind: Namespace
metadata:
  name: {{ . }}
  labels:
    istio-injection: enabled {{/* want "^warning: namespace \"ledger\"" */}}
    istio.io/rev: 1-29
{{- end }}
