variable "backend" {
  type    = string
  default = "reviews"
}

variable "subset" {
  type = string
}

locals {
  hosts = toset(["red", "blue"])
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "in_mesh" {
  for_each = setunion(local.hosts, ["reviews"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = [each.key]
      http  = [{ route = [{ destination = { host = each.key, subset = "v1" } }] }]
    }
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      hosts    = ["literal.example.com"]
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "reviews" } }] }] # want "^warning: VirtualService \"literal\" routes requests from its gateways to all pods of \"reviews\""
    }
  }
}

resource "kubernetes_manifest" "variable" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "variable", namespace = "shop" }
    spec = {
      hosts    = ["variable.example.com"]
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = var.backend } }] }] # want "VirtualService \"variable\""
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = local.hosts
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "public-${each.key}", namespace = "shop" }
    spec = {
      hosts    = ["${each.key}.example.com"]
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "${each.key}.shop.svc.cluster.local" } }] }] # want "\"public-red\"" "\"public-blue\""
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      hosts    = ["open.example.com"]
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "reviews", subset = var.subset } }] }] # undecided "var.subset has no value"
    }
  }
}

# clean: it names a subset
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts    = ["clean.example.com"]
      gateways = ["public"]
      http     = [{ route = [{ destination = { host = "reviews", subset = "v1" } }] }]
    }
  }
}
