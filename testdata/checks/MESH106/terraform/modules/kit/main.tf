variable "name" {
  type = string
}

variable "app_protocol" {
  type    = string
  default = "http"
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port {
      name         = "kit"
      port         = 80
      app_protocol = var.app_protocol # want "^note: appProtocol \"http3\""
    }
  }
}
