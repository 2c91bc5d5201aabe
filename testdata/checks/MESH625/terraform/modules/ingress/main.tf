variable "vhost" {
  type = string
}

resource "kubernetes_ingress_v1" "of_module" {
  metadata {
    name = "of-module"
    annotations = {
      "nginx.ingress.kubernetes.io/service-upstream" = "true"
      "nginx.ingress.kubernetes.io/upstream-vhost"   = var.vhost # want "Ingress \"of-module\" sends requests to Service \"web\" with the Host header \"api.example.com\""
    }
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          number = 80
        }
      }
    }
  }
}
