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
        labels = merge({ app = "x" }, var.labels) # want "^note: the pods of DaemonSet \"team-red\""
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
