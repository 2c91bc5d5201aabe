{{- define "shop.port" -}}
- name: grpc-api
  port: 80
  appProtocol: grpcs {{/* want "^warning: appProtocol \"grpcs\" of port \"grpc-api:80\" of Service \"helped\" is unknown to Istio, which then detects" */}}
{{- end }}
