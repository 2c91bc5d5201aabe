# How many pods run is no matter, unless it is none.
resource "kubernetes_deployment_v1" "scaled" {
  metadata {
    name = "scaled"
  }
  spec {
    replicas = var.replicas
    selector {
      match_labels = { app = "scaled" }
    }
    template {
      metadata {
        labels = { app = "scaled" } # want "Deployment \"scaled\""
      }
      spec {
        container {
          name  = "main"
          image = "scaled:1"
        }
      }
    }
  }
}

variable "replicas" {
  type = number
}
