variable "protocol" {
  type    = string
  default = "TCP" # want-value "ServiceEntry \"orders\" has no addresses"
}

variable "other_protocol" {
  type = string
}

variable "addresses" {
  type = list(string)
}

locals {
  ports = [{ number = 9001, name = "tcp", protocol = "TCP" }] # want-value "ServiceEntry \"red\"" "ServiceEntry \"blue\""
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "orders" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "orders", namespace = "shop" }
    spec = {
      hosts      = ["orders.example.com"]
      resolution = "DNS"
      ports      = [{ number = 5432, name = "tcp", protocol = var.protocol }] # want "^note: ServiceEntry \"orders\" has no addresses for TCP: Istio treats all traffic on port 5432"
    }
  }
}

resource "kubernetes_manifest" "teams" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts      = ["${each.key}.example.com"]
      resolution = "DNS"
      ports      = local.ports # want "ServiceEntry \"red\"" "ServiceEntry \"blue\""
    }
  }
}

# clean: it has an address
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts      = ["db.example.com"]
      addresses  = ["10.1.2.3"]
      resolution = "DNS"
      ports      = local.ports
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      hosts      = ["open.example.com"]
      resolution = "DNS"
      ports      = [{ number = 5432, name = "tcp", protocol = var.other_protocol }] # undecided "var.other_protocol has no value"
    }
  }
}

resource "kubernetes_manifest" "open_addresses" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "open-addresses", namespace = "shop" }
    spec = {
      hosts      = ["open-addresses.example.com"]
      addresses  = var.addresses # undecided "var.addresses has no value"
      resolution = "DNS"
      ports      = local.ports
    }
  }
}
