variable "namespace" {
  type    = string
  default = "shop"
}

variable "revision" {
  type = string
}

variable "other_namespace" {
  type = string
}

locals {
  everything = { egress = [{ hosts = ["./*"] }] }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "first", namespace = "shop" }
    spec       = { egress = [{ hosts = ["./*"] }] }
  }
}

resource "kubernetes_manifest" "second" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "second", namespace = var.namespace }
    spec       = { egress = [{ hosts = ["istio-system/*"] }] } # want "^error: Sidecar \"second\" has no workloadSelector, nor has Sidecar \"first\" in namespace \"shop\""
  }
}

resource "kubernetes_manifest" "teams" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = each.key, namespace = "teams" }
    spec       = local.everything # want "Sidecar \"red\" has no workloadSelector, nor has Sidecar \"blue\""
  }
}

# clean: the only one in its namespace
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "clean", namespace = "payments" }
    spec       = local.everything
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "open", namespace = var.other_namespace } # undecided "var.other_namespace has no value"
    spec       = local.everything
  }
}

resource "kubernetes_manifest" "revision" {
  for_each = { "a" = "1-30", "b" = var.revision }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = each.key, namespace = "canary", labels = { "istio.io/rev" = each.value } } # undecided "var.revision has no value"
    spec       = local.everything
  }
}
