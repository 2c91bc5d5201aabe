variable "group" {
  type = string
}

locals {
  removed = "rbac.istio.io" # want-value "the CRD of ServiceRole"
}

resource "kubernetes_manifest" "crd" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata   = { name = "serviceroles.rbac.istio.io" }
    spec = {
      group = local.removed # want "^warning: the CRD of ServiceRole"
      names = { kind = "ServiceRole", plural = "serviceroles" }
    }
  }
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata   = { name = "rules.config.istio.io" }
    spec = {
      group = var.group # undecided "var.group has no value"
      names = { kind = "rule", plural = "rules" }
    }
  }
}

# clean: Istio's own
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata   = { name = "sidecars.networking.istio.io" }
    spec = {
      group = "networking.istio.io"
      names = { kind = "Sidecar", plural = "sidecars" }
    }
  }
}
