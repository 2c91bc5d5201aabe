variable "port" {
  type = number
}

# clean is the one on 8080
resource "kubernetes_deployment" "this" {
  metadata {
    name = "server-${var.port}"
  }
  spec {
    template {
      metadata {
        labels = { app = "server-${var.port}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--port=${var.port}"] # want "is port 15020"
        }
      }
    }
  }
}
