{{- define "shop.remove" -}}
- applyTo: HTTP_FILTER
  match: {listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: lua}}}}}
  patch:
    operation: REMOVE {{/* want "^warning: operation REMOVE depends on .*: \"red\" and \"blue\" both patch HTTP_FILTER" "\"blue\" and \"red\" both patch" */}}
{{- end }}
