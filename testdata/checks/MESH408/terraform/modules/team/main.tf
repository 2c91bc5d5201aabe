variable "name" {
  type = string
}

variable "host_network" {
  type = bool
}

# clean is team green
resource "kubernetes_pod" "this" {
  metadata {
    name   = "team-${var.name}"
    labels = { app = "team" }
  }
  spec {
    host_network = var.host_network # want "Pod \"team-red\"" "Pod \"team-blue\""
    container {
      name  = "app"
      image = "example.com/app:1.0"
    }
  }
}
