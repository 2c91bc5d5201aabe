variable "name" {
  type = string
}

resource "kubernetes_daemonset" "this" {
  metadata {
    name = "team-${var.name}"
  }
  spec {
    template {
      metadata {
        labels = { app = "team" }
        annotations = {
          "sidecar.istio.io/inject" = "true" # want "DaemonSet \"team-red\"" "DaemonSet \"team-blue\""
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
