variable "canary" {
  type    = string
  default = "v2" # want-value "subset \"variable\""
}

variable "unset" {
  type = string
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
        labels = { app = "reviews", version = "v1" }
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

resource "kubernetes_service" "reviews" {
  metadata {
    name      = "reviews"
    namespace = "shop"
  }
  spec {
    selector = { app = "reviews" }
    port {
      name = "http"
      port = 9080
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      host = "reviews"
      subsets = [
        { name = "literal", labels = { version = "v3" } },        # want "^note: subset \"literal\" of Service \"reviews\" selects no pods, and no VirtualService in the input routes to it"
        { name = "variable", labels = { version = var.canary } }, # want "^note: subset \"variable\""
        { name = "open", labels = { version = var.unset } },      # undecided "var.unset has no value"
      ]
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      host    = "reviews.shop.svc.cluster.local"
      subsets = [{ name = each.key, labels = { color = each.key } }] # want "subset \"red\"" "subset \"blue\""
    }
  }
}

# clean: these pods are there
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "reviews", subsets = [{ name = "v1", labels = { version = "v1" } }] }
  }
}
