variable "credential" {
  type    = string
  default = "wildcard" # want-value "^warning: Gateway \"second\""
}

variable "other_credential" {
  type = string
}

locals {
  selector = { istio = "ingressgateway" }
  port     = { number = 443, name = "https", protocol = "HTTPS" }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "first", namespace = "shop" }
    spec = {
      selector = local.selector
      servers  = [{ port = local.port, hosts = ["a.example.com"], tls = { mode = "SIMPLE", credentialName = "wildcard" } }]
    }
  }
}

resource "kubernetes_manifest" "second" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "second", namespace = "shop" }
    spec = {
      selector = local.selector
      servers  = [{ port = local.port, hosts = ["b.example.com"], tls = { mode = "SIMPLE", credentialName = var.credential } }] # want "^warning: Gateway \"second\" uses certificate \"wildcard\", and so does Gateway \"first\""
    }
  }
}

# clean are those with a certificate of their own
resource "kubernetes_manifest" "more" {
  for_each = { third = "wildcard", own = "own", open = var.other_credential }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = local.selector # undecided +1 "var.other_credential has no value"
      servers  = [{ port = local.port, hosts = ["${each.key}.example.com"], tls = { mode = "SIMPLE", credentialName = each.value } }] # want "^warning: Gateway \"third\" uses certificate \"wildcard\", and so does Gateway \"first\""
    }
  }
}
