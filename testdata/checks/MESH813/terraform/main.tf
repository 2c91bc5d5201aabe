variable "source" {
  type = any
  default = {
    namespaces = ["shop"] # want-value "ALLOW rule of \"one\"" "ALLOW rule of \"two\""
  }
}

variable "mode" {
  type = string
}

locals {
  modes = { plain = "DISABLE", strict = "STRICT", open = var.mode }
}

resource "kubernetes_pod" "app" {
  for_each = local.modes
  metadata {
    name   = each.key
    labels = { app = each.key }
  }
  spec {
    container {
      name  = "app"
      image = "shop"
    }
  }
}

resource "kubernetes_service" "app" {
  for_each = local.modes
  metadata {
    name = each.key
  }
  spec {
    selector = { app = each.key }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_manifest" "mtls" {
  for_each = local.modes
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    spec       = { selector = { matchLabels = { app = each.key } }, mtls = { mode = each.value } } # undecided "var.mode has no value"
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = "plain" } }
      action   = "DENY"
      rules    = [{ from = [{ source = { principals = ["*/sa/web"] } }] }] # want "^warning: DENY rule of \"literal\" asks for \"principals\", and port http:80 of Service \"plain\" accepts only plain text"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { app = "plain" } }
      rules    = [{ from = [{ source = var.source }] }] # want "ALLOW rule of \"one\"" "ALLOW rule of \"two\""
    }
  }
}

# clean is the one for strict; that for open is undecided
resource "kubernetes_manifest" "others" {
  for_each = toset(["strict", "open"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { app = each.key } }
      rules    = [{ from = [{ source = { namespaces = ["shop"] } }] }]
    }
  }
}
