variable "mode" {
  type    = string
  default = "REGISTRY" # want-value "outboundTrafficPolicy.mode"
}

variable "open" {
  type = string
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "literal", namespace = "istio-system" }
    spec = {
      meshConfig = {
        accesLogFile = "/dev/stdout" # want "^warning: .*did you mean .accessLogFile."
      }
    }
  }
}

resource "kubernetes_manifest" "given" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "given", namespace = "istio-system" }
    spec       = { meshConfig = { outboundTrafficPolicy = { mode = var.mode } } } # want "^error: outboundTrafficPolicy.mode of the mesh must be"
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = each.key, namespace = "istio-system" }
    spec       = { meshConfig = { enableTracing = "yes" } } # want "enableTracing of the mesh must be true or false, without quotes"
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "open", namespace = "istio-system" }
    spec       = { meshConfig = { accessLogFile = var.open } } # undecided "var.open has no value"
  }
}

# clean: a setting that Istio knows
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "clean", namespace = "istio-system" }
    spec       = { meshConfig = { accessLogFile = "/dev/stdout" } }
  }
}
