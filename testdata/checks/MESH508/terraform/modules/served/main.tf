variable "ports" {
  type = string
}

variable "name" {
  type = string
}

# clean is fine
resource "kubernetes_deployment" "this" {
  metadata {
    name = var.name
  }
  spec {
    template {
      metadata {
        labels = { app = var.name }
        annotations = {
          "traffic.sidecar.istio.io/excludeInboundPorts" = var.ports # want "of Deployment \"served\" keeps port 8080"
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

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}
