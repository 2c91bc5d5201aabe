variable "name" {
  type = string
}

resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
    spec = {
      components = {
        ingressGateways = [
          { enabled = true },                 # want "^error: a gateway without a name"
          { name = var.name, enabled = true } # undecided "var.name has no value"
        ]
      }
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = each.key, namespace = "istio-system" }
    spec = {
      components = { egressGateways = [{ namespace = each.key }] } # want "a gateway without a name"
    }
  }
}

# clean: with a name
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "clean", namespace = "istio-system" }
    spec       = { components = { ingressGateways = [{ name = "istio-ingressgateway" }] } }
  }
}
