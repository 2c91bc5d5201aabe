variable "host" {
  type    = string
  default = "reviews" # want-value "has host .reviews.shop.svc.cluster.local."
}

variable "export_to" {
  type = list(string)
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "a-first", namespace = "shop" }
    spec = {
      hosts = ["reviews.shop.svc.cluster.local"]
      http  = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}

resource "kubernetes_manifest" "second" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "second", namespace = "shop" }
    spec = {
      hosts = [var.host] # want "^error: VirtualService .a-first. in namespace .shop. has host"
      http  = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}

resource "kubernetes_manifest" "scoped" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "scoped", namespace = "shop" }
    spec = {
      hosts    = ["reviews"]
      exportTo = var.export_to # undecided "spec.exportTo"
      http     = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}

# clean: another host
resource "kubernetes_manifest" "clean" {
  for_each = toset(["ratings", "details"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = [each.key]
      http  = [{ route = [{ destination = { host = each.key } }] }]
    }
  }
}

variable "unknown" {
  type = string
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "unknown", namespace = "shop" }
    spec = {
      hosts = [var.unknown] # undecided "spec.hosts.0."
      http  = [{ route = [{ destination = { host = "reviews" } }] }]
    }
  }
}
