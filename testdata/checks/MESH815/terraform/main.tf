variable "open" {
  type = string
}

variable "client" {
  type    = string
  default = "spiffe://cluster.local/ns/shop/sa/web" # want-value "AuthorizationPolicy \"given\""
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      rules = [{ from = [{ source = {
        principals = [
          "system:serviceaccount:shop:web", # want "^warning: principal \"system:serviceaccount:shop:web\" of AuthorizationPolicy \"literal\" matches no client"
        ]
      } }] }]
    }
  }
}

resource "kubernetes_manifest" "given" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "given", namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { principals = [var.client] } }] }] } # want "AuthorizationPolicy \"given\""
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { principals = ["ns/shop/sa/${each.key}"] } }] }] } # want "AuthorizationPolicy \"one\"" "AuthorizationPolicy \"two\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { principals = [var.open] } }] }] } # undecided "var.open has no value"
  }
}

# clean: an identity as clients have it
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { principals = ["cluster.local/ns/shop/sa/web"] } }] }] }
  }
}
