variable "port" {
  type = number
}

variable "name" {
  type = string
}

# clean is the one on 8443
resource "kubernetes_deployment" "this" {
  metadata {
    name = var.name
  }
  spec {
    template {
      metadata {
        labels = { app = var.name }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
            host_port      = var.port # want "of Deployment \"hbone\" takes port 15008"
          }
        }
      }
    }
  }
}
