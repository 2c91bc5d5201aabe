variable "action" {
  type = string
}

locals {
  methods = ["GET"]
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name   = "shop"
    labels = { "istio.io/dataplane-mode" = "ambient" }
  }
}

resource "kubernetes_pod" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
    labels    = { app = "web" }
  }
  spec {
    container {
      name  = "web"
      image = "example.com/web:1.0"
    }
  }
}

resource "kubernetes_manifest" "readers" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { matchLabels = { app = "web" } }
      rules    = [{ to = [{ operation = { methods = local.methods } }] }] # want "^error: ztunnel reads no HTTP: a rule with methods never matches"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      action = var.action # undecided "var.action has no value"
      rules  = [{ to = [{ operation = { methods = ["GET"] } }] }]
    }
  }
}

# clean: attributes of connections
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { rules = [{ to = [{ operation = { ports = ["8080"] } }] }] }
  }
}
