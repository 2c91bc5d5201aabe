{{- define "shop.add" -}}
operation: ADD {{/* want "^error: operation ADD does not exist for ROUTE_CONFIGURATION: istiod ignores the patch" "^note: istiod applies operation ADD to HTTP_ROUTE, though the reference of the API says that it does not" */}}
value: {name: own}
{{- end }}
