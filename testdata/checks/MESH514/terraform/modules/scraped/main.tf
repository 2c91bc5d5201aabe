variable "name" {
  type = string
}

resource "kubernetes_pod_v1" "app" {
  metadata {
    name   = var.name
    labels = { app = var.name }
  }
  spec {
    container {
      name  = "app"
      image = "app"
    }
  }
}

resource "kubernetes_service_v1" "app" {
  metadata {
    name = var.name
    annotations = {
      "prometheus.io/scrape" = true
      "prometheus.io/port"   = 9100 # want "^warning: annotation prometheus.io/scrape of Service \"module\" makes Prometheus scrape port 9100"
    }
  }
  spec {
    selector = { app = var.name }
    port {
      port = 80
    }
  }
}
