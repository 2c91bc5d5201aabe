variable "name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "${var.name}-web" # want "^warning: port http-web:80 .*its target is named https"
      port        = 80
      target_port = "https"
    }
  }
}
