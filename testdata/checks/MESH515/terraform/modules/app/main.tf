variable "name" {
  type = string
}

resource "kubernetes_pod_v1" "app" {
  metadata {
    name        = var.name
    annotations = { "prometheus.io/scrape" = true } # want "asks for those of the application at port 80"
  }
  spec {
    container {
      name  = "app"
      image = "app"
      port {
        container_port = 8080
      }
    }
  }
}
