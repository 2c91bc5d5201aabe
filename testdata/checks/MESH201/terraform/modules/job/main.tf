variable "name" {
  type = string
}

variable "uid" {
  type    = number
  default = 1000
}

resource "kubernetes_job" "this" {
  metadata {
    name = var.name
  }
  spec {
    template {
      metadata {}
      spec {
        restart_policy = "Never"
        security_context {
          run_as_user = var.uid # want "^error: container \"import\" runs as UID 1337"
        }
        container {
          name  = var.name
          image = "example.com/import:1.0"
        }
      }
    }
  }
}
