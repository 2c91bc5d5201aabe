variable "logging" {
  type = any
  default = [
    { filter = { expression = "response.code >= 400" } }, # want-value "accessLogging\\[0\\]"
  ]
}

variable "providers" {
  type = list(object({ name = string }))
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      accessLogging = [{ match = { mode = "SERVER" } }] # want "^warning: accessLogging\\[0\\] of Telemetry \"literal\" names no provider"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = each.key, namespace = "default" }
    spec       = { accessLogging = var.logging } # want "Telemetry \"one\"" "Telemetry \"two\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      accessLogging = [{ providers = var.providers }] # undecided "var.providers has no value"
    }
  }
}

# clean: it names its provider
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { accessLogging = [{ providers = [{ name = "envoy" }] }] }
  }
}
