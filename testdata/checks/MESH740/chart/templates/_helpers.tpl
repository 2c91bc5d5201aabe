{{- define "shop.port" -}}
- number: 6379
  name: redis
  protocol: REDIS {{/* want "^note: ServiceEntry \"helped\" has no addresses for TCP: Istio treats all traffic on port 6379 that nothing else claims as traffic to \"cache.example.com\"" */}}
{{- end }}
