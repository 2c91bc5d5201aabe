variable "port" {
  type = number
}

# clean is the one on 15120
resource "kubernetes_deployment" "this" {
  metadata {
    name = "moved-${var.port}"
  }
  spec {
    template {
      metadata {
        labels = { app = "moved-${var.port}" }
        annotations = {
          "status.sidecar.istio.io/port" = var.port # want "is 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}
