{{- define "shop.service" -}}
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}}
spec:
  selector: {app: {{ .name }}}
  ports:
    - {name: {{ .port }}, port: {{ .number | default 80 }}}
{{- end }}

{{- define "shop.http" -}}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: {{ . }}}
spec:
  hosts: [{{ . }}]
  http: [{route: [{destination: {host: {{ . }}}}]}]
{{- end }}
