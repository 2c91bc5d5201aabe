variable "gateway" {
  type    = string
  default = "platform/shared" # want-value "has no Gateway .shared."
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
      servers  = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = ["*"] }]
    }
  }
}

resource "kubernetes_manifest" "routes" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      hosts = ["a.example.com"]
      gateways = [
        "publik",    # want "^warning: the input has no Gateway .publik. in namespace .shop.*did you mean .public."
        var.gateway, # want "^note: the input has no Gateway .shared. in namespace .platform."
        var.unknown, # undecided "spec.gateways.2."
        "mesh",      # clean: all sidecars
        "public",    # clean: it is above
      ]
      http = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}
