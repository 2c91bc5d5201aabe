{{- define "ring.port" -}}
- {name: http-memberlist, containerPort: 7947} {{/* want "^note: the pods of StatefulSet \"ring\" call each other on port 7947, as its name says, but no headless Service selects its pods: sidecars forward these connections as is, with no mutual TLS$" */}}
{{- end }}
