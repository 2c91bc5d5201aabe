variable "injection" {
  type = string
}

locals {
  labels = { a = "enabled", b = "enabled" }
}

resource "kubernetes_mutating_webhook_configuration_v1" "injector" {
  for_each = local.labels
  metadata {
    name = "istio-${each.key}"
  }
  webhook {
    name                      = "${each.key}.istio.io" # want "^warning: webhook \"a.istio.io\" and \"b.istio.io\"" "^warning: webhook \"b.istio.io\" and \"a.istio.io\""
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://istiod.example.com/inject"
    }
    namespace_selector {
      match_labels = { istio-injection = each.value }
    }
  }
}

resource "kubernetes_mutating_webhook_configuration_v1" "unknown" {
  metadata {
    name = "istio-unknown"
  }
  webhook {
    name                      = "unknown.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://istiod.example.com/inject"
    }
    namespace_selector {
      match_labels = { istio-injection = var.injection } # undecided "var.injection has no value"
    }
  }
}

# clean: of its own revision
resource "kubernetes_mutating_webhook_configuration_v1" "canary" {
  metadata {
    name = "istio-canary"
  }
  webhook {
    name                      = "canary.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://istiod.example.com/inject"
    }
    namespace_selector {
      match_labels = { "istio.io/rev" = "canary" }
      match_expressions {
        key      = "istio-injection"
        operator = "DoesNotExist"
      }
    }
  }
}
