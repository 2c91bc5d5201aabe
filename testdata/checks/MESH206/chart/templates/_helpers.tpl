{{- define "shop.annotations" -}}
sidecar.istio.io/interceptionMode: TPROXY {{/* want "^warning: .*the proxy of StatefulSet \"helped\"" */}}
{{- end }}
{{- define "shop.container" }}
      containers:
        - {name: app, image: "example.com/app:1.0"}
{{- end }}
