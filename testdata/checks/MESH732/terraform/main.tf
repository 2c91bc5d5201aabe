variable "host" {
  type    = string
  default = "shop.example.com" # want-value "^error: Gateway \"second\""
}

variable "other_host" {
  type = string
}

locals {
  selector = { istio = "ingressgateway" }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "first", namespace = "shop" }
    spec = {
      selector = local.selector
      servers = [{
        hosts = ["shop.example.com"]
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        tls   = { mode = "SIMPLE", credentialName = "first" }
      }]
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
      servers = [{
        hosts = [var.host] # want "^error: Gateway \"second\" has host \"shop.example.com\" on port 443, and so does Gateway \"first\""
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        tls   = { mode = "SIMPLE", credentialName = "second" }
      }]
    }
  }
}

resource "kubernetes_manifest" "tcp" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = local.selector
      servers = [{
        hosts = ["*"]
        port  = { number = 9000, name = "tcp", protocol = "TCP" } # want "^error: Gateway \"red\" has TCP on port 9000, and Gateway \"blue\" has TCP there"
      }]
    }
  }
}

# clean: another host
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      selector = local.selector
      servers = [{
        hosts = ["www.example.com"]
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        tls   = { mode = "SIMPLE", credentialName = "www" }
      }]
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      selector = local.selector
      servers = [{
        hosts = [var.other_host] # undecided "var.other_host has no value"
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        tls   = { mode = "SIMPLE", credentialName = "open" }
      }]
    }
  }
}
