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
          app     = "todo" # want "Deployment \"red\"" "Deployment \"blue\""
          version = "v1"
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
