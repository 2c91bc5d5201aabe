variable "name" {
  type = string
}

resource "kubernetes_deployment" "this" {
  metadata {
    name = "queue-${var.name}"
  }
  spec {
    template {
      metadata {
        labels = {
          app = "queue" # want "^warning: Deployment \"queue-print\""
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/queue:1.0"
        }
      }
    }
  }
}
