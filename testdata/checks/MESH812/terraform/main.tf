variable "app" {
  type    = string
  default = "payment" # want-value "has the label app: \"payment\""
}

variable "selected" {
  type = string
}

locals {
  kinds = {
    PeerAuthentication    = "security.istio.io/v1"
    RequestAuthentication = "security.istio.io/v1"
    Telemetry             = "telemetry.istio.io/v1"
    WasmPlugin            = "extensions.istio.io/v1alpha1"
    ProxyConfig           = "networking.istio.io/v1beta1"
  }
}

resource "kubernetes_deployment" "payments" {
  metadata {
    name = "payments"
  }
  spec {
    template {
      metadata {
        labels = { app = "payments" }
      }
      spec {
        container {
          name  = "app"
          image = "payments"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = local.kinds
  manifest = {
    apiVersion = each.value
    kind       = each.key
    metadata   = { name = "each", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = var.app } } # want "^note: no pod in namespace \"default\" has the label app: \"payment\"" "app" "app" "app" "app"
    }
  }
}

resource "kubernetes_manifest" "filter" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "filter", namespace = "default" }
    spec = {
      workloadSelector = { labels = { app = "nobody" } } # want "^note: no pod in namespace \"default\" has the label app: \"nobody\""
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = var.selected } } # undecided "var.selected has no value"
    }
  }
}

# clean: the labels are those of the pods
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { selector = { matchLabels = { app = "payments" } } }
  }
}
