variable "port" {
  type = number
}

# clean is the one that asks 8080
resource "kubernetes_stateful_set" "this" {
  metadata {
    name = "probed-${var.port}"
  }
  spec {
    service_name = "probed"
    template {
      metadata {
        labels = { app = "probed" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          liveness_probe {
            tcp_socket {
              port = var.port # want "livenessProbe of container \"app\" targets port 15001"
            }
          }
        }
      }
    }
  }
}
