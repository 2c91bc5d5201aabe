variable "policy_version" {
  type    = string
  default = "authentication.istio.io/v1alpha1" # want-value "authentication.istio.io/v1alpha1 Policy"
}

variable "crd_group" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "viewer" {
  manifest = {
    apiVersion = "rbac.istio.io/v1alpha1" # want "^error: rbac.istio.io/v1alpha1 ServiceRole is gone since Istio 1.7"
    kind       = "ServiceRole"
    metadata   = { name = "viewer", namespace = "shop" }
  }
}

resource "kubernetes_manifest" "policy" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = var.policy_version # want "authentication.istio.io/v1alpha1 Policy is gone"
    kind       = "Policy"
    metadata   = { name = each.key, namespace = "shop" }
  }
}

resource "kubernetes_manifest" "mixer" {
  for_each = toset(["rule", "handler"])
  manifest = {
    apiVersion = "config.istio.io/v1alpha2" # want "config.istio.io/v1alpha2 rule is gone since Istio 1.8" "config.istio.io/v1alpha2 handler is gone"
    kind       = each.key
    metadata   = { name = "mixer", namespace = "shop" }
  }
}

resource "kubernetes_manifest" "route" {
  manifest = {
    apiVersion = "networking.istio.io/v2" # want "no release of Istio serves networking.istio.io/v2 VirtualService"
    kind       = "VirtualService"
    metadata   = { name = "web", namespace = "shop" }
  }
}

# clean: all supported releases serve it
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
  }
}
