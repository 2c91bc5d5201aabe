variable "api" {
  type    = string
  default = "networking.istio.io/v1beta1" # want-value "networking.istio.io/v1beta1"
}

resource "kubernetes_manifest" "old" {
  for_each = toset(["VirtualService", "DestinationRule"])
  manifest = {
    apiVersion = var.api # want "^note: \"networking.istio.io/v1beta1\" still works" "^note: \"networking.istio.io/v1beta1\" still works"
    kind       = each.key
    metadata   = { name = lower(each.key), namespace = "shop" }
  }
}

resource "kubernetes_manifest" "policy" {
  for_each = toset(["AuthorizationPolicy", "PeerAuthentication"])
  manifest = {
    apiVersion = "security.istio.io/v1beta1" # want "security.istio.io/v1beta1" "security.istio.io/v1beta1"
    kind       = each.key
    metadata   = { name = "all", namespace = "shop" }
  }
}

resource "kubernetes_manifest" "telemetry" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1alpha1" # want "telemetry.istio.io/v1alpha1"
    kind       = "Telemetry"
    metadata   = { name = "all", namespace = "shop" }
  }
}

# clean: the stable version
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
  }
}
