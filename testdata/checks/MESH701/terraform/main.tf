variable "backend" {
  type    = string
  default = "reviewz" # want-value "has no Service .reviewz."
}

variable "unknown" {
  type = string
}

resource "kubernetes_service" "reviews" {
  metadata {
    name      = "reviews"
    namespace = "shop"
  }
  spec {
    port {
      name = "http"
      port = 9080
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "routes" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      hosts = ["reviews"]
      http = [{
        route = [
          { destination = { host = "ratings" } },   # want "^warning: namespace .shop. has no Service .ratings."
          { destination = { host = var.backend } }, # want "^warning: namespace .shop. has no Service .reviewz.*did you mean .reviews."
          { destination = { host = var.unknown } }, # undecided "spec.http.0..route.2..destination.host"
          { destination = { host = "reviews" } },   # clean: it is the Service
        ]
      }]
    }
  }
}

# clean: a Service of another resource, and a host of a ServiceEntry
resource "kubernetes_manifest" "clean" {
  for_each = toset(["reviews.shop.svc.cluster.local", "api.example.com"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = replace(each.key, ".", "-"), namespace = "other" }
    spec = {
      hosts = [each.key]
      http  = [{ route = [{ destination = { host = each.key } }] }]
    }
  }
}

resource "kubernetes_manifest" "entry" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "api", namespace = "shop" }
    spec       = { hosts = ["api.example.com"], ports = [{ number = 443, name = "https", protocol = "HTTPS" }] }
  }
}
