variable "gateway" {
  type    = string
  default = "custom" # want-value "Gateway \"custom\" selects istio=custom"
}

variable "other_gateway" {
  type = string
}

locals {
  servers = [{ port = { number = 80, name = "http", protocol = "HTTP" }, hosts = ["shop.example.com"] }]
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "custom" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "custom", namespace = "shop" }
    spec = {
      selector = { istio = var.gateway } # want "^note: Gateway \"custom\" selects istio=custom, which no pods of the input have: no gateway serves it"
      servers  = local.servers
    }
  }
}

resource "kubernetes_manifest" "teams" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { istio = each.key } # want "Gateway \"red\"" "Gateway \"blue\""
      servers  = local.servers
    }
  }
}

# clean: the gateway of Istio's own installation
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      selector = { istio = "ingressgateway" }
      servers  = local.servers
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      selector = { istio = var.other_gateway } # undecided "var.other_gateway has no value"
      servers  = local.servers
    }
  }
}
