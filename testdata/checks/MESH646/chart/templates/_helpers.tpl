{{- define "stops.hook" -}}
preStop:
  sleep:
    seconds: 15 {{/* want "^warning: the preStop hook of container \"by-helper\" sleeps for 15s" */}}
{{- end }}
