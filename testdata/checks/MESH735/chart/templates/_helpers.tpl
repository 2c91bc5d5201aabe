{{- define "edge.port" -}}
port: {number: 514, name: syslog, protocol: udp} {{/* want "^warning: Gateway \"helped\" declares port 514 as UDP" */}}
{{- end }}
