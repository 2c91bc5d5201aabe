resource "kubernetes_manifest" "filter" {
  manifest = {
    apiVersion = "extensions.istio.io/v1alpha1" # want "Istio has the kind TrafficExtension from 1.30 on, and the target is Istio 1.29"
    kind       = "TrafficExtension"
    metadata   = { name = "filter", namespace = "shop" }
  }
}

# clean: 1.29 serves it
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
  }
}
