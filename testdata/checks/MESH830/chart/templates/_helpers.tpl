{{- define "shop.logging" -}}
- match: {mode: SERVER} {{/* want "Telemetry \"red\" names no provider" "Telemetry \"blue\" names no provider" */}}
{{- end }}
