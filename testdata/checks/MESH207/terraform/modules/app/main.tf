variable "name" {
  type = string
}

resource "kubernetes_deployment" "app" {
  metadata {
    name = var.name
  }
  spec {
    template {
      metadata {
        labels = { app = "app" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = ["NET_ADMIN"] # want "Deployment \"red\"" "Deployment \"blue\""
            }
          }
        }
      }
    }
  }
}
