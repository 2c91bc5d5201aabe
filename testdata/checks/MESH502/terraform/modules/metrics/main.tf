variable "name" {
  type = string
}

variable "target" {
  type = number
}

# clean is the one that leads to 9100
resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = 80
      target_port = var.target # want "^error: port http:80 of Service \"admin\" targets port 15000"
    }
  }
}
