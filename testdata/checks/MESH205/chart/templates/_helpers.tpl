{{- define "shop.account" -}}
serviceAccountName: helped {{/* want "service account \"shop/helped\" .*: \"ranged\" does not allow UID 0, which istio-init runs as" */}}
{{- end }}
