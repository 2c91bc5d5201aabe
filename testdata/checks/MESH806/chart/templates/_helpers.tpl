{{- define "shop.ports" -}}
portLevelMtls:
  {{ . }}: {mode: DISABLE}
{{- end }}
