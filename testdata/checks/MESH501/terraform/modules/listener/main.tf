variable "port" {
  type = number
}

# clean is the one on 8080
resource "kubernetes_daemonset" "this" {
  metadata {
    name = "listener-${var.port}"
  }
  spec {
    template {
      metadata {
        labels = { app = "listener-${var.port}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = var.port # want "^error: .*listens on port 15001, which the sidecar uses for outbound traffic"
          }
        }
      }
    }
  }
}
