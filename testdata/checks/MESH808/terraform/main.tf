variable "rules" {
  type    = any
  default = [{ issuer = "https://login.example.com" }]
}

variable "action" {
  type = string
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      jwtRules = [{ issuer = "https://login.example.com" }] # want "^note: RequestAuthentication \"literal\" rejects wrong tokens only"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    spec       = { jwtRules = var.rules } # want "RequestAuthentication \"one\"" "RequestAuthentication \"two\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "open", namespace = "open" }
    spec       = { jwtRules = [{ issuer = "https://login.example.com" }] }
  }
}

resource "kubernetes_manifest" "open_policy" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "open" }
    spec       = { action = var.action, rules = [{}] } # undecided "var.action has no value"
  }
}

# clean: a policy asks for the token
resource "kubernetes_manifest" "clean" {
  for_each = {
    RequestAuthentication = { jwtRules = [{ issuer = "https://login.example.com" }] }
    AuthorizationPolicy   = { rules = [{ from = [{ source = { requestPrincipals = ["*"] } }] }] }
  }
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = each.key
    metadata   = { name = "clean", namespace = "clean" }
    spec       = each.value
  }
}
