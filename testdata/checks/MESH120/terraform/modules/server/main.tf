variable "app_protocol" {
  type = string
}

resource "kubernetes_pod" "server" {
  metadata {
    name   = "server"
    labels = { app = "server" }
  }
  spec {
    container {
      name  = "server"
      image = "example.com/server:1.0"
      port {
        container_port = 8080
      }
    }
  }
}

resource "kubernetes_service" "server" {
  metadata {
    name = "server"
  }
  spec {
    selector = { app = "server" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
    port {
      name         = "secure"
      port         = 443
      target_port  = 8080
      app_protocol = var.app_protocol # want "^warning: port secure:443 of Service \"server\" .* as HTTPS"
    }
  }
}
