variable "mode" {
  type    = string
  default = "ambient"
}

variable "other_mode" {
  type = string
}

locals {
  modes = { shop = var.mode, payments = "ambient", classic = "none", open = var.other_mode }
}

resource "kubernetes_namespace" "all" {
  for_each = local.modes
  metadata {
    name   = each.key
    labels = { "istio.io/dataplane-mode" = each.value } # undecided "var.other_mode has no value"
  }
}

# Istio's own kinds have no resources in the provider.
# clean is classic: its namespace is not in the ambient mesh
resource "kubernetes_manifest" "default" {
  for_each = local.modes
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "default-${each.key}", namespace = each.key } # want "^warning: Sidecar \"default-shop\" is in namespace \"shop\", which is in the ambient mesh" "Sidecar \"default-payments\" is in namespace \"payments\""
    spec       = { egress = [{ hosts = ["./*"] }] }
  }
}

resource "kubernetes_pod" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
    labels    = { app = "web" }
  }
  spec {
    container {
      name  = "app"
      image = "shop/app:1"
    }
  }
}

resource "kubernetes_manifest" "web" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { app = "web" } } # want "^warning: Sidecar \"web\" selects the pods of Pod \"web\", which are in the ambient mesh"
      egress           = [{ hosts = ["./*"] }]
    }
  }
}
