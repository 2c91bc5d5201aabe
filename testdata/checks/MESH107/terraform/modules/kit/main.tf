variable "name" {
  type = string
}

variable "port_name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port {
      name         = var.port_name # want "says Mongo, but Istio uses appProtocol \"tls\""
      port         = 80
      app_protocol = "tls"
    }
  }
}
