{{- define "shop.host" -}}
host: ratings.other.svc.cluster.local {{/* want "^note: no Service or ServiceEntry in the input has host \"ratings.other.svc.cluster.local\": DestinationRule \"helped\" has no effect unless another release has one$" */}}
{{- end }}
