variable "path" {
  type    = string
  default = "^/(?!admin)" # want-value "is not a regular expression of RE2"
}

variable "open" {
  type = string
}

locals {
  paths = { given = var.path, plain = "^/a" }
}

resource "kubernetes_manifest" "web" {
  for_each = local.paths
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = ["web"]
      http = [{
        match = [
          { uri = { regex = each.value } }, # want "^error: regex is .*; Istio refuses this VirtualService"
          { uri = { regex = var.open } },   # undecided "uri.regex"
        ]
        route = [{ destination = { host = "web" } }]
      }]
    }
  }
}

resource "kubectl_manifest" "version" {
  yaml_body = <<-YAML
    apiVersion: networking.istio.io/v1alpha3
    kind: EnvoyFilter
    metadata: {name: web, namespace: shop}
    spec:
      configPatches:
      - applyTo: CLUSTER
        match: {proxy: {proxyVersion: "(1.20"}} # want "^error: proxyVersion is"
        patch: {operation: REMOVE}
  YAML
}
