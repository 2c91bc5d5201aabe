variable "protocol" {
  type    = string
  default = "HTTP" # want-value "ServiceEntry \"api\""
}

variable "other_protocol" {
  type = string
}

variable "mode" {
  type = string
}

locals {
  hosts = { one = "SIMPLE", two = "MUTUAL", three = "DISABLE", open = var.mode }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "api" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "api", namespace = "shop" }
    spec = {
      hosts      = ["api.example.com"]
      resolution = "DNS"
      ports      = [{ number = 443, name = "https", protocol = var.protocol }] # want "^warning: ServiceEntry \"api\" declares HTTP for port 443 of \"api.example.com\", and no DestinationRule starts TLS"
    }
  }
}

# clean is three: its DestinationRule starts no TLS
resource "kubernetes_manifest" "entries" {
  for_each = local.hosts
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts      = ["${each.key}.example.com"]
      resolution = "DNS"
      ports      = [{ number = 443, name = "https", protocol = "HTTPS" }]
    }
  }
}

resource "kubernetes_manifest" "rules" {
  for_each = local.hosts
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      host          = "${each.key}.example.com" # undecided +1 "var.mode has no value"
      trafficPolicy = { tls = { mode = each.value } } # want "^warning: DestinationRule \"one\" starts TLS" "DestinationRule \"two\" starts TLS"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "open-protocol", namespace = "shop" }
    spec = {
      hosts      = ["open-protocol.example.com"]
      resolution = "DNS"
      ports      = [{ number = 443, name = "https", protocol = var.other_protocol }] # undecided "var.other_protocol has no value"
    }
  }
}
