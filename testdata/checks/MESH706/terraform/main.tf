variable "host" {
  type    = string
  default = "a.example.net" # want-value "has none of the hosts"
}

variable "unknown" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "gateway" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "public", namespace = "shop" }
    spec = {
      selector = { istio = "ingressgateway" }
      servers  = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = ["*.example.com"] }]
    }
  }
}

resource "kubernetes_manifest" "routes" {
  for_each = {
    literal  = "b.example.net"
    variable = var.host
    clean    = "a.example.com" # clean: the Gateway covers it
  }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts    = [each.value] # want "^warning: Gateway .public. has none of the hosts.*a.example.net" "^warning: Gateway .public. has none of the hosts.*b.example.net"
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "unknown", namespace = "shop" }
    spec = {
      hosts    = [var.unknown] # undecided "spec.hosts.0."
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}
