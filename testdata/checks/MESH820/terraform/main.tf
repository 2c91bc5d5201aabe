variable "operation" {
  type    = string
  default = "REMOVE" # want-value "\"one\" and \"two\"" "\"two\" and \"one\""
}

variable "priority" {
  type = number
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      workloadSelector = { labels = { app = "web" } }
      configPatches    = [{ applyTo = "CLUSTER", patch = { operation = var.operation } }] # want "^warning: operation REMOVE depends on .*: \"one\" and \"two\" both patch CLUSTER" "\"two\" and \"one\""
    }
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      configPatches = [{ applyTo = "HTTP_FILTER", patch = { operation = "INSERT_BEFORE", value = { name = "own" } } }] # want "^note: operation INSERT_BEFORE depends on what other EnvoyFilters have done before, and \"literal\" has no priority"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      priority      = var.priority # undecided "var.priority has no value"
      configPatches = [{ applyTo = "HTTP_FILTER", patch = { operation = "INSERT_BEFORE", value = { name = "own" } } }]
    }
  }
}

# clean: it has a priority
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "clean", namespace = "default" }
    spec = {
      priority      = -1
      configPatches = [{ applyTo = "HTTP_FILTER", patch = { operation = "INSERT_BEFORE", value = { name = "own" } } }]
    }
  }
}
