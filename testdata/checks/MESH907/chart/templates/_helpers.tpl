{{- define "shop.ref" -}}
kind: Service
name: {{ . }} # want "^warning: namespace \"shop\" has no Service \"wbe\".*did you mean \"web\".*: the policy is attached to nothing"
{{- end }}
