variable "action" {
  type = string
}

variable "rules" {
  type = any
  default = [
    { to = [{ operation = { methods = ["GET"] } }] },
    { from = [{ source = { namespaces = ["shop"] } }] }, # want-value "separate rules of AuthorizationPolicy"
  ]
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      rules = [
        { to = [{ operation = { methods = ["GET"] } }] },
        { from = [{ source = { namespaces = ["shop"] } }] }, # want "^note: to and from are in separate rules of AuthorizationPolicy \"literal\""
      ]
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { rules = var.rules } # want "AuthorizationPolicy \"one\"" "AuthorizationPolicy \"two\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      action = var.action # undecided "var.action has no value"
      rules = [
        { to = [{ operation = { methods = ["GET"] } }] },
        { from = [{ source = { namespaces = ["shop"] } }] },
      ]
    }
  }
}

# clean: one rule has both
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      rules = [{ from = [{ source = { namespaces = ["shop"] } }], to = [{ operation = { methods = ["GET"] } }] }]
    }
  }
}
