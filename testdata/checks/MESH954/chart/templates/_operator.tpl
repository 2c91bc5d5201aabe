{{- define "shop.operator" -}}
apiVersion: install.istio.io/v1alpha1 {{/* want "refuses \"a\"" "refuses \"b\"" */}}
kind: IstioOperator
metadata:
  name: {{ . }}
{{- end }}
