{{- define "shop.read" -}}
- to:
    - operation:
        methods: [GET] {{/* want "^warning: ALLOW rule of \"read\" asks for \"methods\", which TCP does not have: Istio leaves the rule out on TCP port tcp-db:5432 of Service \"web\", and connections are denied" */}}
{{- end }}
