{{- define "shop.nobody" -}}
selector:
  matchLabels:
    app: nobody {{/* want "^note: no pod in namespace \"default\" has the label app: \"nobody\": the .* has no effect" "app: \"nobody\"" */}}
{{- end }}
