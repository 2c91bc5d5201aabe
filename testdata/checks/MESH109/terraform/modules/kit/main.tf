variable "port_name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = "kit"
  }
  spec {
    port {
      name     = var.port_name # want "^note: .* has protocol UDP, but \"https\" declares HTTPS"
      port     = 443
      protocol = "UDP"
    }
  }
}
