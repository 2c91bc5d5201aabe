variable "provider" {
  type    = string
  default = "traces" # want-value "sends traces to \"traces\""
}

variable "unknown" {
  type = string
}

resource "kubernetes_manifest" "mesh" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "mesh", namespace = "istio-system" }
    spec = {
      meshConfig = {
        defaultProviders   = { tracing = ["traces"] } # want "^note: the mesh sends traces to \"traces\""
        extensionProviders = [{ name = "traces", lightstep = { service = "satellite", port = 8383, accessToken = "token" } }]
      }
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = each.key, namespace = each.key }
    spec       = { tracing = [{ providers = [{ name = var.provider }] }] } # want "Telemetry \"one\"" "Telemetry \"two\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "open", namespace = "default" }
    spec       = { tracing = [{ providers = [{ name = var.unknown }] }] } # undecided "var.unknown has no value"
  }
}

# clean: another provider
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "clean", namespace = "clean" }
    spec       = { tracing = [{ providers = [{ name = "otel" }] }] }
  }
}
