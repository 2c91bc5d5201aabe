variable "unknown" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "gateway" {
  for_each = { broad = "*", clean = "shop/shop.example.com" } # clean: one host of one namespace
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "edge" }
    spec = {
      selector = { istio = "ingressgateway" }
      servers  = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = [each.value] }] # want "^note: Gateway .broad. lets"
    }
  }
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "unknown", namespace = "edge" }
    spec = {
      selector = { istio = "ingressgateway" }
      servers  = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = [var.unknown] }] # undecided "spec.servers.0..hosts.0."
    }
  }
}
