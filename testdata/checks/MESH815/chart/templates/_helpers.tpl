{{- define "shop.principals" -}}
- spiffe://cluster.local/ns/shop/sa/helper # want "principal .*sa/helper"
{{- end }}
