{{- define "shop.account" -}}
serviceAccountName: nonroot {{/* want "^error: no PodSecurityPolicy that service account \"default/nonroot\" may use .*: \"nonroot\" refuses UID 0" */}}
{{- end }}
