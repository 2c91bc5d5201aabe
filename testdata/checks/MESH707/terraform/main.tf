variable "first" {
  type    = string
  default = "/cart"
}

variable "unset" {
  type = string
}

variable "rules" {
  type = list(any)
}

locals {
  routes = { red = "/red", blue = "/blue" }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      hosts = ["shop"]
      http = [
        { match = [{ uri = { prefix = "/" } }], route = [{ destination = { host = "shop" } }] },
        { match = [{ uri = { prefix = "/a" } }], route = [{ destination = { host = "a" } }] }, # want "^warning: http.1. of VirtualService \"literal\" is never used: http.0. above matches everything"
      ]
    }
  }
}

resource "kubernetes_manifest" "variable" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "variable", namespace = "shop" }
    spec = {
      hosts = ["shop"]
      http = [
        { match = [{ uri = { prefix = var.first } }], route = [{ destination = { host = "shop" } }] },
        { match = [{ uri = { prefix = "/cart/items" } }], route = [{ destination = { host = "a" } }] }, # want "^warning: http.1. of VirtualService \"variable\""
      ]
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = local.routes
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = ["shop"]
      tcp = [
        { route = [{ destination = { host = "shop" } }] },
        { route = [{ destination = { host = "a" } }] }, # want "VirtualService \"red\"" "VirtualService \"blue\""
      ]
    }
  }
}

# clean: the same unknown path twice is the same, an unknown one may be another
resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "unknown", namespace = "shop" }
    spec = {
      hosts = ["shop"]
      http = [
        { match = [{ uri = { prefix = var.unset } }], route = [{ destination = { host = "shop" } }] }, # undecided "var.unset has no value"
        { match = [{ uri = { prefix = "/a" } }], route = [{ destination = { host = "a" } }] },
        { match = [{ uri = { prefix = var.unset } }], route = [{ destination = { host = "b" } }] }, # want "^warning: http.2. of VirtualService \"unknown\""
      ]
    }
  }
}

resource "kubernetes_manifest" "unknown_rules" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "unknown-rules", namespace = "shop" }
    spec = {
      hosts = ["shop"]
      http  = var.rules # undecided "var.rules has no value"
    }
  }
}

# clean: the wider prefix comes last
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts = ["shop"]
      http = [
        { match = [{ uri = { prefix = "/a/b" } }], route = [{ destination = { host = "a" } }] },
        { match = [{ uri = { prefix = "/a" } }], route = [{ destination = { host = "b" } }] },
        { route = [{ destination = { host = "c" } }] },
      ]
    }
  }
}
