{{- define "shop.account" -}}
serviceAccountName: nonroot {{/* want "^error: no PodSecurityPolicy that service account \"default/nonroot\" may use .*: \"nonroot\" does not allow UID 0" */}}
{{- end }}
