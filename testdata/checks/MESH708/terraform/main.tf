variable "path" {
  type    = string
  default = "/cart"
}

variable "unset" {
  type = string
}

locals {
  ports = { red = 31400, blue = 31401 }
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
        { match = [{ uri = { prefix = "/a" } }], route = [{ destination = { host = "a" } }] },
        { match = [
          { uri = { prefix = "/ab" } }, # want "^note: match.0. .uri prefix \"/ab\". of http.1. of VirtualService \"literal\""
          { uri = { prefix = "/b" } },
        ], route = [{ destination = { host = "b" } }] },
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
        { match = [{ uri = { prefix = var.path } }], route = [{ destination = { host = "a" } }] },
        { match = [{ uri = { exact = "/cart/1" } }], route = [{ destination = { host = "b" } }] }, # want "VirtualService \"variable\""
        { match = [{ uri = { prefix = var.unset } }], route = [{ destination = { host = "c" } }] }, # undecided "var.unset has no value"
      ]
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = local.ports
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = ["shop"]
      tcp = [
        { match = [{ port = each.value }], route = [{ destination = { host = "a" } }] },
        { match = [{ port = each.value }], route = [{ destination = { host = "b" } }] }, # want "VirtualService \"red\"" "VirtualService \"blue\""
      ]
    }
  }
}

# clean: other paths
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
      ]
    }
  }
}
