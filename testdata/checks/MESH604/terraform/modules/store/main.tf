variable "name" {
  type = string
}

resource "kubernetes_service" "store" {
  metadata {
    name = "store"
  }
  spec {
    port {
      name = var.name # want "Service store is declared as Redis"
      port = 6379
    }
  }
}
