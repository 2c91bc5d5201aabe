{{- define "shop.web" -}}
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: {{ . }}}
spec:
  selector:
    matchLabels: {app: web} {{/* want "^warning: Telemetries \"one\" and \"two\" both select the pods of Deployment \"web\": which of the two wins where both set something is not defined" */}}
{{- end }}
