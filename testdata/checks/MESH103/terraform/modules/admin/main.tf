variable "port" {
  type = number
}

resource "kubernetes_service" "admin" {
  metadata {
    name = "web-admin"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = var.port # want "^note: port 9090 of Service \"web-admin\" and port 9001 of Service \"web\""
      target_port = 9001
    }
  }
}
