variable "name" {
  type = string
}

resource "kubernetes_service" "app" {
  metadata {
    name = var.name
  }
  spec {
    selector = {
      app     = var.name
      version = "v1" # want "Service \"red\"" "Service \"blue\""
    }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "app" {
  for_each = toset(["v1", "v2"])
  metadata {
    name = "${var.name}-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = var.name, version = each.key }
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
