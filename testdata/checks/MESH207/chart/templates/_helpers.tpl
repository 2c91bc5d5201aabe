{{- define "shop.security" -}}
capabilities:
  add: [ALL] {{/* want "container \"app\" of StatefulSet \"helped\" has the capability ALL" */}}
{{- end }}
