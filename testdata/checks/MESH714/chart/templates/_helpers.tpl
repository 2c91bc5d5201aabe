{{- define "shop.match" -}}
regex: {{ .Values.path }} # want "^error: regex is \"\\^/\\(\\?!admin\\)\", which is not a regular expression of RE2: .*; Istio refuses this VirtualService"
{{- end }}
