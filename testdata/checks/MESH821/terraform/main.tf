variable "operation" {
  type    = string
  default = "REPLACE" # want-value "operation REPLACE does not exist for LISTENER"
}

variable "unknown" {
  type = string
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      configPatches = [{ applyTo = "ROUTE_CONFIGURATION", patch = { operation = "ADD", value = { name = "own" } } }] # want "^error: operation ADD does not exist for ROUTE_CONFIGURATION"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      configPatches = [{ applyTo = "LISTENER", patch = { operation = var.operation, value = { name = "own" } } }] # want "^error: operation REPLACE does not exist for LISTENER"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      configPatches = [{ applyTo = "CLUSTER", patch = { operation = var.unknown, value = { name = "own" } } }] # undecided "var.unknown has no value"
    }
  }
}

# clean: clusters can be merged with
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { configPatches = [{ applyTo = "CLUSTER", patch = { operation = "MERGE", value = { name = "own" } } }] }
  }
}
