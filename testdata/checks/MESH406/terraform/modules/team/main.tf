variable "name" {
  type = string
}

resource "kubernetes_job" "this" {
  metadata {
    name = "team-${var.name}"
    labels = {
      "sidecar.istio.io/inject" = "false" # want "on the metadata of Job \"team-red\"" "on the metadata of Job \"team-blue\""
    }
  }
  spec {
    template {
      metadata {
        labels = { app = "team" }
      }
      spec {
        restart_policy = "Never"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
