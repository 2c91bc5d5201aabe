variable "name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port { # want "port 80 of Service \"lib\""
      port = 80
    }
  }
}
