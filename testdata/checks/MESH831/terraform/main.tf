variable "name" {
  type    = string
  default = "logs" # want-value "\"traces\" and \"logs\""
}

variable "app" {
  type = string
}

resource "kubernetes_pod" "web" {
  metadata {
    name   = "web"
    labels = { app = "web" }
  }
  spec {
    container {
      name  = "web"
      image = "web"
    }
  }
}

resource "kubernetes_manifest" "traces" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "traces", namespace = "default" }
    spec       = { tracing = [{ randomSamplingPercentage = 10 }] }
  }
}

resource "kubernetes_manifest" "given" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = var.name, namespace = "default" } # want "^error: Telemetries \"traces\" and \"logs\" are both for the whole namespace"
    spec       = { accessLogging = [{ providers = [{ name = "envoy" }] }] }
  }
}

resource "kubernetes_manifest" "web" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = each.key, namespace = "default" }
    spec       = { selector = { matchLabels = { app = "web" } } } # want "^warning: Telemetries \"one\" and \"two\" both select the pods of Pod \"web\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "open", namespace = "default" }
    spec       = { selector = { matchLabels = { app = var.app } } } # undecided "var.app has no value"
  }
}

# clean: it is the only one of its namespace
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = "clean", namespace = "ledger" }
    spec       = { tracing = [{ randomSamplingPercentage = 10 }] }
  }
}
