variable "host" {
  type    = string
  default = "reviews"
}

variable "unset" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "first", namespace = "shop" }
    spec       = { host = "reviews", trafficPolicy = { tls = { mode = "DISABLE" } } }
  }
}

resource "kubernetes_manifest" "second" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "second", namespace = "shop" }
    spec       = { host = var.host, trafficPolicy = { tls = { mode = "ISTIO_MUTUAL" } } } # want "^warning: DestinationRules \"first\" and \"second\" both have a trafficPolicy"
  }
}

resource "kubernetes_manifest" "each" {
  for_each = { a = 1, b = 2 }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { host = "each", trafficPolicy = { connectionPool = { tcp = { maxConnections = each.value } } } } # want "DestinationRules \"a\" and \"b\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { host = var.unset, trafficPolicy = { tls = { mode = "DISABLE" } } } # undecided "var.unset has no value"
  }
}

# clean: another host
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "ratings", trafficPolicy = { tls = { mode = "DISABLE" } } }
  }
}
