{{- define "shop.tracing" -}}
tracing:
  - providers:
      - name: traces {{/* want "Telemetry \"red\"" "Telemetry \"blue\"" */}}
{{- end }}
