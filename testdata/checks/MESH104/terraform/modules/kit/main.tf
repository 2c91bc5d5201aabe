variable "name" {
  type = string
}

variable "port_name" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    cluster_ip = "None"
    selector   = { app = var.name }
    port {
      name = var.port_name # want "port name \"kit\" of Service \"lib\""
      port = 80
    }
  }
}
