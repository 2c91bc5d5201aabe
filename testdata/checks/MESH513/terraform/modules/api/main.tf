variable "name" {
  type = string
}

resource "kubernetes_api_service_v1" "api" {
  metadata {
    name = "v1.${var.name}.example.com"
  }
  spec {
    group                  = "${var.name}.example.com"
    group_priority_minimum = 1
    version                = "v1"
    version_priority       = 1
    service {
      name      = var.name
      namespace = "default"
      port      = 443
    }
  }
}

resource "kubernetes_manifest" "strict" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = var.name, namespace = "default" }
    spec       = { selector = { matchLabels = { app = var.name } }, mtls = { mode = "STRICT" } } # want "^error: mode STRICT makes the proxy of Deployment \"api\""
  }
}
