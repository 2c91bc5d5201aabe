{{- define "shop.security" -}}
capabilities:
  add: [ALL] {{/* want "container \"app\" of StatefulSet \"helped\" adds the capability ALL" */}}
{{- end }}
