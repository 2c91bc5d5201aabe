variable "name" {
  type = string
}

resource "kubernetes_service_v1" "open" {
  metadata {
    name = var.name
  }
  spec {
    type     = "NodePort" # want "type NodePort of Service \"module\""
    selector = { app = "clean" }
    port {
      port = 80
    }
  }
}
