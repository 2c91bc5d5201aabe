variable "refs" {
  type = list(object({ kind = string, name = string }))
}

locals {
  labels = { app = "web" }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name   = "shop"
    labels = { "istio.io/dataplane-mode" = "ambient" }
  }
}

resource "kubernetes_pod" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
    labels    = local.labels
  }
  spec {
    container {
      name  = "web"
      image = "example.com/web:1.0"
    }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector = local.labels
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_manifest" "tokens" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { selector = { matchLabels = local.labels } } # want "^warning: RequestAuthentication \"a\" selects ambient pods" "RequestAuthentication \"b\""
  }
}

resource "kubernetes_manifest" "plugin" {
  manifest = {
    apiVersion = "extensions.istio.io/v1alpha1"
    kind       = "WasmPlugin"
    metadata   = { name = "plugin", namespace = "shop" }
    spec       = { selector = { matchLabels = { app = "web" } }, targetRefs = var.refs } # undecided "var.refs has no value"
  }
}

resource "kubernetes_manifest" "wasm" {
  manifest = {
    apiVersion = "extensions.istio.io/v1alpha1"
    kind       = "WasmPlugin"
    metadata   = { name = "wasm", namespace = "shop" }
    spec       = { selector = { matchLabels = { app = "web" } } } # want "WasmPlugin \"wasm\" selects ambient pods"
  }
}

resource "kubernetes_manifest" "filter" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "filter", namespace = "shop" }
    spec       = { workloadSelector = { labels = { app = "web" } } } # want "EnvoyFilter \"filter\" selects ambient pods"
  }
}

resource "kubernetes_manifest" "rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { host = "web", subsets = [{ name = "v1", labels = { version = "v1" } }] } # want "the subsets of DestinationRule \"web\""
  }
}

resource "kubernetes_manifest" "route" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { hosts = ["web"] } # want "^note: \"web\" is an ambient Service"
  }
}

# clean: without subsets
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "web" }
  }
}
