variable "port" {
  type    = number
  default = 8004 # want-value "Gateway \"shop\" listens on port 8004"
}

variable "other_port" {
  type = number
}

resource "kubernetes_deployment" "public" {
  metadata {
    name      = "public"
    namespace = "edge"
  }
  spec {
    selector {
      match_labels = { istio = "public" }
    }
    template {
      metadata {
        labels = { istio = "public" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = "auto"
        }
      }
    }
  }
}

resource "kubernetes_service" "public" {
  metadata {
    name      = "public"
    namespace = "edge"
  }
  spec {
    selector = { istio = "public" }
    port {
      name        = "http"
      port        = 80
      target_port = "8080"
    }
  }
}

locals {
  ports = { shop = var.port, clean = 80, target = 8080, open = var.other_port }
}

# Istio's own kinds have no resources in the provider.
# clean are the ports 80 and 8080: they are the Service's
resource "kubernetes_manifest" "gateways" {
  for_each = local.ports
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { istio = "public" }
      servers = [{
        hosts = ["${each.key}.example.com"] # undecided +1 "var.other_port has no value"
        port  = { number = each.value, name = "http", protocol = "HTTP" } # want "^warning: Gateway \"shop\" listens on port 8004, and Service \"public\" of its pods has only port 80"
      }]
    }
  }
}
