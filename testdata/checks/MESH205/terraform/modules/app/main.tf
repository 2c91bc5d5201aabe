variable "name" {
  type = string
}

resource "kubernetes_deployment" "app" {
  metadata {
    name      = var.name
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "app" }
      }
      spec {
        service_account_name = "web" # want "Deployment \"red\"" "Deployment \"blue\""
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
