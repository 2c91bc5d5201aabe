variable "uri" {
  type    = string
  default = "issuer.example.com/keys" # want-value "jwksUri"
}

variable "keys" {
  type = string
}

locals {
  keys = {
    public  = jsonencode({ keys = [{ kty = "RSA", e = "AQAB", n = "AQAB" }] })
    private = jsonencode({ keys = [{ kty = "oct", k = "c2VjcmV0" }] }) # want-value "key 1 of jwks is a private key"
  }
}

resource "kubernetes_manifest" "web" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { jwtRules = [{ issuer = "a", jwksUri = var.uri }] } # want "^error: jwksUri .*; the API server refuses"
  }
}

resource "kubernetes_manifest" "keys" {
  for_each = local.keys
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { jwtRules = [{ issuer = "a", jwks = each.value }] } # want "^warning: key 1 of jwks is a private key"
  }
}

# clean: a URL
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      jwtRules = [
        { issuer = "a", jwksUri = "https://issuer.example.com/keys" },
        { issuer = "a", jwks = var.keys }, # undecided "jwks"
      ]
    }
  }
}
