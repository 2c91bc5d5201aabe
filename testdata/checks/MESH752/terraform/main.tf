variable "app" {
  type    = string
  default = "reveiws" # want-value "Sidecar \"typo\" selects app=reveiws"
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
      match_labels = { app = "reviews" }
    }
    template {
      metadata {
        labels = { app = "reviews", tier = "back" }
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
resource "kubernetes_manifest" "typo" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "typo", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { app = var.app } } # want "^warning: Sidecar \"typo\" selects app=reveiws, which no pods in namespace \"shop\" have.*did you mean \"app=reviews\""
      egress           = local.egress
    }
  }
}

resource "kubernetes_manifest" "elsewhere" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = each.key, namespace = each.key } # want "Sidecar \"red\" selects app=reviews in its own namespace \"red\"" "Sidecar \"blue\" selects app=reviews in its own namespace \"blue\""
    spec = {
      workloadSelector = { labels = { app = "reviews" } }
      egress           = local.egress
    }
  }
}

# clean: it selects pods
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      workloadSelector = { labels = { app = "reviews" } }
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
