variable "name" {
  type = string
}

variable "labels" {
  type = map(string)
}

# clean is team blue
resource "kubernetes_daemonset" "this" {
  metadata {
    name = "team-${var.name}"
  }
  spec {
    template {
      metadata {
        labels = merge({ version = "v1" }, var.labels) # want "^warning: the pods of DaemonSet \"team-red\""
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}
