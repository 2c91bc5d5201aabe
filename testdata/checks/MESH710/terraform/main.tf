variable "unknown" {
  type = string
}

resource "kubernetes_pod" "gateway" {
  for_each = toset(["open", "closed"])
  metadata {
    name      = each.key
    namespace = "shop"
    labels    = { istio = each.key }
  }
  spec {
    container {
      name  = "istio-proxy"
      image = "auto"
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "gateway" {
  for_each = toset(["open", "closed"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { istio = each.key }
      servers  = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = ["*"] }]
    }
  }
}

resource "kubernetes_manifest" "tokens" {
  for_each = { closed = "closed" }
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { matchLabels = { istio = each.value } }
      jwtRules = [{ issuer = "https://issuer.example.com" }]
    }
  }
}

resource "kubernetes_manifest" "routes" {
  for_each = { open = "open", closed = "closed" } # clean: closed has a RequestAuthentication
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts    = ["a.example.com"]
      gateways = [each.value]
      http = [{
        match = [{ headers = {
          "@request.auth.claims.group" = { exact = "staff" } # want "^error: no RequestAuthentication is about Pod .open."
        } }]
        route = [{ destination = { host = "reviews" } }]
      }]
    }
  }
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "unknown", namespace = "shop" }
    spec = {
      hosts    = ["a.example.com"]
      gateways = [var.unknown] # undecided "spec.gateways.0."
      http = [{
        match = [{ headers = { "@request.auth.claims.group" = { exact = "staff" } } }]
        route = [{ destination = { host = "reviews" } }]
      }]
    }
  }
}
