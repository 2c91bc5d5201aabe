variable "labels" {
  type = map(string)
  default = {
    "gateway.networking.k8s.io/gateway-name" = "public" # want-value "selects the pods of the Kubernetes Gateway \"public\""
  }
}

variable "gateway" {
  type = string
}

locals {
  kinds = {
    RequestAuthentication = "security.istio.io/v1"
    WasmPlugin            = "extensions.istio.io/v1alpha1"
    Telemetry             = "telemetry.istio.io/v1"
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      selector = { matchLabels = { "gateway.networking.k8s.io/gateway-name" = "public" } } # want "^note: AuthorizationPolicy \"literal\" selects the pods of the Kubernetes Gateway \"public\" by labels"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = local.kinds
  manifest = {
    apiVersion = each.value
    kind       = each.key
    metadata   = { name = "given", namespace = "default" }
    spec       = { selector = { matchLabels = var.labels } } # want "RequestAuthentication \"given\"" "WasmPlugin \"given\"" "Telemetry \"given\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      selector = { matchLabels = { "gateway.networking.k8s.io/gateway-name" = var.gateway } } # undecided "var.gateway has no value"
    }
  }
}

# clean: it is attached by reference
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { targetRefs = [{ group = "gateway.networking.k8s.io", kind = "Gateway", name = "public" }] }
  }
}
