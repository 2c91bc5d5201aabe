variable "port" {
  type = number
}

# clean is the one on 9102
resource "kubernetes_deployment" "this" {
  metadata {
    name = "scraped-${var.port}"
  }
  spec {
    template {
      metadata {
        labels = { app = "scraped-${var.port}" }
        annotations = {
          "prometheus.io/port" = var.port # want "has port 15008"
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
