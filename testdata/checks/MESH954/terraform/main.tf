locals {
  api = "install.istio.io/v1alpha1" # want-value "refuses \"istio\""
}

resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = local.api # want "^warning: the cluster has no kind IstioOperator"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "install.istio.io/v1alpha1" # want "refuses \"a\"" "refuses \"b\""
    kind       = "IstioOperator"
    metadata   = { name = each.key, namespace = "istio-system" }
  }
}

# clean: a ConfigMap that holds a file for istioctl
resource "kubernetes_config_map" "file" {
  metadata {
    name = "istio"
  }
  data = {
    "istio.yaml" = "kind: IstioOperator"
  }
}
