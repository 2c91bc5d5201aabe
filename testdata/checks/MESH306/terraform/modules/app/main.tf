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
        labels = {
          app = "worker" # want "Deployment \"red\"" "Deployment \"blue\""
          "app.kubernetes.io/name" = var.name
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
