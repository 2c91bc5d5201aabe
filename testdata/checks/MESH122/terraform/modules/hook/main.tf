variable "protocol" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = "hook"
  }
  spec {
    selector = { app = "api" }
    port {
      name        = "${var.protocol}-hook" # want "^error: port http-hook:443 "
      port        = 443
      target_port = 9443
    }
  }
}
