variable "host" {
  type = string
}

variable "tls" {
  type = object({ mode = string })
}

resource "kubernetes_manifest" "this" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = var.host, namespace = "default" }
    spec = {
      host          = var.host
      trafficPolicy = { tls = var.tls } # want "^error: clients of \"lib\" port tcp-mysql:3306 use tls mode SIMPLE"
    }
  }
}
