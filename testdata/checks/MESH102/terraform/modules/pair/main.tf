variable "name" {
  type = string
}

variable "app_protocol" {
  type = string
}

resource "kubernetes_deployment_v1" "this" {
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
          name  = "main"
          image = "example.com/pair:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "plain" {
  metadata {
    name = var.name
  }
  spec {
    selector = { app = var.name }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_service_v1" "tls" {
  metadata {
    name = "${var.name}-tls"
  }
  spec {
    selector = { app = var.name }
    port {
      name         = "web"
      port         = 80
      app_protocol = var.app_protocol # want "^error: .*Deployment \"one\"" "^error: .*Deployment \"two\""
    }
  }
}
