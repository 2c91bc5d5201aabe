variable "name" {
  type = string
}

resource "kubernetes_deployment_v1" "this" {
  metadata {
    name   = "team-${var.name}"
    labels = { app = "team" }
  }
  spec {
    template {
      metadata {
        labels = { # want "^warning: Deployment \"team-red\" has the label app, but" "^warning: Deployment \"team-blue\""
          tier = "back"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/team:1.0"
        }
      }
    }
  }
}
