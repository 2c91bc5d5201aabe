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
        labels = { app = var.name }
        annotations = {
          "sidecar.istio.io/interceptionMode" = "TPROXY" # want "Deployment \"red\"" "Deployment \"blue\""
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
