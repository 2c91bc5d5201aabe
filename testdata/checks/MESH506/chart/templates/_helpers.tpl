{{- define "shop.env" -}}
env:
  - name: PORT
    value: "15001" {{/* want "PORT of container \"app\" of Deployment \"helped\" is port 15001" */}}
{{- end }}
