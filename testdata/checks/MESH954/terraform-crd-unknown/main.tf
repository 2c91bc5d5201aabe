variable "group" {
  type = string
}

resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
  }
}

resource "kubernetes_manifest" "crd" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata   = { name = "istiooperators.install.istio.io" }
    spec       = { group = var.group, names = { kind = "IstioOperator" } } # undecided "var.group has no value"
  }
}
