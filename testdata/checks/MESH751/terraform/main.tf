variable "app" {
  type    = string
  default = "reviews"
}

variable "tier" {
  type = string
}

locals {
  egress = [{ hosts = ["./*"] }]
}

resource "kubernetes_deployment" "reviews" {
  metadata {
    name      = "reviews"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = var.app }
    }
    template {
      metadata {
        labels = { app = var.app, tier = "back" }
      }
      spec {
        container {
          name  = "app"
          image = "shop/app:1"
        }
      }
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "first" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "first", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { app = "reviews" } }
      egress           = local.egress
    }
  }
}

resource "kubernetes_manifest" "more" {
  for_each = toset(["second", "third"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      workloadSelector = { labels = { tier = "back" } } # want "^error: Sidecar \"second\" selects the pods of Deployment \"reviews\", and so does Sidecar \"first\"" "Sidecar \"third\" selects the pods of Deployment \"reviews\", and so does Sidecar \"first\""
      egress           = local.egress
    }
  }
}

# clean: other pods
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { app = "ratings" } }
      egress           = local.egress
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { tier = var.tier } } # undecided "var.tier has no value"
      egress           = local.egress
    }
  }
}
