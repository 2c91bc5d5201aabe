variable "port" {
  type = number
}

resource "kubernetes_service" "this" {
  metadata {
    name = "kit"
  }
  spec {
    selector = { app = "kit" }
    port {
      name        = "http2"
      port        = var.port # want "^warning: port 15006 of Service \"kit\" is HTTP2"
      target_port = 8080
    }
  }
}
