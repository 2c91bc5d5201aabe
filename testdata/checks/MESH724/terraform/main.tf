variable "tls" {
  type    = string
  default = "DISABLE" # want-value "Service \"variable\""
}

variable "unset" {
  type = string
}

locals {
  apps = toset(["literal", "variable", "red", "blue", "open", "clean"])
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "strict" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "shop" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

resource "kubernetes_deployment" "app" {
  for_each = local.apps
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = each.key }
    }
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app"
        }
      }
    }
  }
}

resource "kubernetes_service" "app" {
  for_each = local.apps
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    selector = { app = each.key }
    port {
      name = "http"
      port = 8080
    }
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "literal", namespace = "shop" }
    spec       = { host = "literal", trafficPolicy = { tls = { mode = "SIMPLE" } } } # want "^error: tls mode SIMPLE, but Deployment \"literal\" accepts only mutual TLS"
  }
}

resource "kubernetes_manifest" "variable" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "variable", namespace = "shop" }
    spec       = { host = "variable", trafficPolicy = { tls = { mode = var.tls } } } # want "^error: tls mode DISABLE, but Deployment \"variable\""
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { host = each.key, trafficPolicy = { tls = { mode = "DISABLE" } } } # want "Deployment \"red\"" "Deployment \"blue\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { host = "open", trafficPolicy = { tls = { mode = var.unset } } } # undecided "var.unset has no value"
  }
}

# clean: both say mutual TLS
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "clean", trafficPolicy = { tls = { mode = "ISTIO_MUTUAL" } } }
  }
}
