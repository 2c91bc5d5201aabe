variable "name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port {
      name = "${var.name}db" # want "did you mean \"mysql-db\""
      port = 3307
    }
  }
}
