variable "port_name" {
  type    = string
  default = "tcp"
}

variable "unset" {
  type = string
}

locals {
  ports = { api = var.port_name, red = "https", blue = "redis", open = var.unset }
}

resource "kubernetes_service" "all" {
  for_each = local.ports
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    selector = { app = each.key }
    port {
      name = each.value # undecided "var.unset has no value"
      port = 8080
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "api" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "api", namespace = "shop" }
    spec = {
      hosts = ["api"] # want "^warning: sidecars ignore the http rules of VirtualService \"api\""
      http  = [{ route = [{ destination = { host = "api" } }] }]
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = [each.key] # want "VirtualService \"red\"" "VirtualService \"blue\""
      http  = [{ route = [{ destination = { host = each.key } }] }]
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      hosts = ["open"]
      http  = [{ route = [{ destination = { host = "open" } }] }]
    }
  }
}

# clean: TCP rules are for TCP ports
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts = ["api"]
      tcp   = [{ route = [{ destination = { host = "api" } }] }]
    }
  }
}
