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
          app = var.name # want "Deployment \"blue\" have the label app \"blue\""
          "app.kubernetes.io/name" = "team"
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
