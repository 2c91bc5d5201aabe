variable "credential" {
  type    = string
  default = "shop-tsl" # want-value "Gateway \"typo\""
}

variable "other_credential" {
  type = string
}

variable "certificate" {
  type = string
}

locals {
  credentials = { red = "away", blue = "away", clean = "shop-tls", open = var.other_credential, content = "content" }
}

resource "kubernetes_pod" "public" {
  metadata {
    name      = "public"
    namespace = "edge"
    labels    = { istio = "public" }
  }
  spec {
    container {
      name  = "istio-proxy"
      image = "auto"
    }
  }
}

resource "kubernetes_secret" "shop" {
  for_each = { "shop-tls" = "edge", away = "shop" }
  metadata {
    name      = each.key
    namespace = each.value
  }
  data = {
    "tls.crt" = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBBTCBuKADAgECAgEBMAUGAytlcDAbMRkwFwYDVQQDExBzaG9wLmV4YW1wbGUu
    Y29tMCAXDTIwMDEwMTAwMDAwMFoYDzIyMjUwMTAxMDAwMDAwWjAbMRkwFwYDVQQD
    ExBzaG9wLmV4YW1wbGUuY29tMCowBQYDK2VwAyEAlQ1YiXadh2NsynCgdEp9aaCE
    5IWxFSfEjsel4gbvAjKjHzAdMBsGA1UdEQQUMBKCEHNob3AuZXhhbXBsZS5jb20w
    BQYDK2VwA0EAH3NaQopkPYha4Af5BBT+gUmLWjpJeNespMYkWtUt1FHjpMUpwX1A
    GPqgNS9le5toKAorLclyGQg+wFbQW/CgDg==
    -----END CERTIFICATE-----
    PEM
    "tls.key" = <<-PEM
    -----BEGIN PRIVATE KEY-----
    AAAA
    -----END PRIVATE KEY-----
    PEM
  }
}

resource "kubernetes_secret" "content" {
  metadata {
    name      = "content"
    namespace = "edge"
  }
  data = {
    "tls.crt" = var.certificate # undecided "var.certificate has no value"
    "tls.key" = "key"
  }
}

resource "kubernetes_secret" "keys" {
  metadata {
    name      = "keys"
    namespace = "edge"
  }
  data = { # want "^error: Secret \"keys\" has no tls.crt and tls.key, so that Gateway \"keys\" has no certificate"
    certificate = "x"
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "typo" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "typo", namespace = "shop" }
    spec = {
      selector = { istio = "public" }
      servers = [{
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        hosts = ["typo.example.com"]
        tls   = { mode = "SIMPLE", credentialName = var.credential } # want "^warning: Gateway \"typo\" uses the Secret \"shop-tsl\", which is not in the input.*did you mean \"shop-tls\""
      }]
    }
  }
}

resource "kubernetes_manifest" "keys" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "keys", namespace = "shop" }
    spec = {
      selector = { istio = "public" }
      servers = [{
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        hosts = ["keys.example.com"]
        tls   = { mode = "SIMPLE", credentialName = "keys" }
      }]
    }
  }
}

# clean is that of the Secret "shop-tls", which is where the pods are
resource "kubernetes_manifest" "gateways" {
  for_each = local.credentials
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { istio = "public" }
      servers = [{
        port  = { number = 443, name = "https", protocol = "HTTPS" }
        hosts = ["${each.key}.example.com"] # undecided +1 "var.other_credential has no value"
        tls   = { mode = "SIMPLE", credentialName = each.value } # want "^warning: Gateway \"red\" uses the Secret \"away\" of its pods' namespace \"edge\"" "Gateway \"blue\" uses the Secret \"away\""
      }]
    }
  }
}
