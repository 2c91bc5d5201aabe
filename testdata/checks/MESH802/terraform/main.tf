variable "clients" {
  type    = list(string)
  default = ["shop", "shpo"] # want-value "no namespace \"shpo\""
}

variable "client" {
  type = string
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      rules = [{ from = [{ source = { namespaces = ["nowhere"] } }] }] # want "^note: no namespace \"nowhere\" in the input"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      rules = [{ from = [{ source = { namespaces = var.clients } }] }] # want "^note: no namespace \"shpo\" in the input \\(did you mean \"shop\"\\?\\)"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      rules = [{ from = [{ source = { namespaces = [var.client] } }] }] # undecided "var.client has no value"
    }
  }
}

# clean: the namespace is there
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { namespaces = ["shop"] } }] }] }
  }
}
