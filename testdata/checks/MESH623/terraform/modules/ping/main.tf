variable "node" {
  type = string
}

resource "kubernetes_job" "this" {
  metadata {
    name = "ping"
  }
  spec {
    template {
      metadata {
        labels = { app = "ping" }
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "ping"
          image   = "example.com/curl:1.0"
          command = ["curl", "http://${var.node}/"] # want "^note: 192.168.10.1:80 is the address" "^note: 172.16.0.9:80 is the address"
        }
      }
    }
  }
}
