{{- define "shop.tls" -}}
tls: {{/* want "^warning: tls mode MUTUAL for \"vault.vault.svc.cluster.local\" has no caCertificates: clients verify the server with the system's CA certificates, which sign no internal names: connections fail unless the server has a public certificate" */}}
  mode: MUTUAL
  clientCertificate: /etc/certs/client.pem
  privateKey: /etc/certs/key.pem
{{- end }}
