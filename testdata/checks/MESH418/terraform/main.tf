variable "labels" {
  type    = map(string)
  default = { "istio-injection" = "enabled" }
}

variable "unknown" {
  type = string
}

resource "kubernetes_manifest" "mesh" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "mesh", namespace = "istio-system" }
    spec = {
      meshConfig = { discoverySelectors = [{ matchLabels = { "istio-discovery" = "enabled" } }] }
    }
  }
}

resource "kubernetes_namespace" "literal" {
  metadata {
    name   = "literal"
    labels = { "istio-injection" = "enabled" } # want "^warning: namespace .literal."
  }
}

resource "kubernetes_namespace" "variable" {
  metadata {
    name   = "variable"
    labels = var.labels # want "namespace .variable."
  }
}

resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = { "istio-injection" = "enabled", "istio-discovery" = var.unknown } # undecided "var.unknown has no value"
  }
}

resource "kubernetes_namespace" "each" {
  for_each = toset(["red", "blue"])
  metadata {
    name   = each.key
    labels = { "istio.io/rev" = "stable" } # want "namespace .red." "namespace .blue."
  }
}

# clean: the selector matches
resource "kubernetes_namespace" "right" {
  metadata {
    name   = "right"
    labels = { "istio-injection" = "enabled", "istio-discovery" = "enabled" }
  }
}
