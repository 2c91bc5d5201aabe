variable "protocol" {
  type    = string
  default = "HTTPS" # want-value "ServiceEntry \"second\""
}

variable "other_protocol" {
  type = string
}

locals {
  hosts = ["api.example.com"]
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "first", namespace = "shop" }
    spec = {
      hosts      = ["api.example.com"]
      resolution = "DNS"
      ports      = [{ number = 8443, name = "http", protocol = "HTTP" }]
    }
  }
}

resource "kubernetes_manifest" "second" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "second", namespace = "shop" }
    spec = {
      hosts      = local.hosts
      resolution = "DNS"
      ports      = [{ number = 8443, name = "https", protocol = var.protocol }] # want "^warning: ServiceEntry \"second\" declares HTTPS for port 8443 of \"api.example.com\", and ServiceEntry \"first\" declares HTTP"
    }
  }
}

resource "kubernetes_manifest" "third" {
  for_each = { http = "HTTP", tls = "TLS" }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = each.key, namespace = "other" }
    spec = {
      hosts      = local.hosts
      resolution = "DNS"
      ports      = [{ number = 8443, name = "port", protocol = each.value }] # want "ServiceEntry \"tls\" declares TLS for port 8443 of \"api.example.com\", and ServiceEntry \"first\" declares HTTP" "ServiceEntry \"http\" declares HTTP for port 8443 of \"api.example.com\", and ServiceEntry \"second\" declares HTTPS"
    }
  }
}

# clean: another host
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts      = ["www.example.com"]
      resolution = "DNS"
      ports      = [{ number = 8443, name = "tls", protocol = "TLS" }]
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      hosts      = ["www.example.com"]
      resolution = "DNS"
      ports      = [{ number = 8443, name = "tls", protocol = var.other_protocol }] # undecided "var.other_protocol has no value"
    }
  }
}

variable "scopes" {
  type = list(string)
}

resource "kubernetes_manifest" "scopes" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "scopes", namespace = "shop" }
    spec = {
      hosts      = ["www.example.com"]
      exportTo   = var.scopes # undecided "var.scopes has no value"
      resolution = "DNS"
      ports      = [{ number = 8443, name = "http", protocol = "HTTP" }]
    }
  }
}
