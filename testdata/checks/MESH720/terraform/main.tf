variable "host" {
  type    = string
  default = "revews" # want-value "DestinationRule \"variable\""
}

variable "unset" {
  type = string
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
resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "literal", namespace = "other" }
    spec       = { host = "reviews" } # want "^note: namespace \"other\" has no Service \"reviews\", .* DestinationRule \"literal\" has no effect unless another release has it .did you mean \"reviews.shop.svc.cluster.local\""
  }
}

resource "kubernetes_manifest" "variable" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "variable", namespace = "shop" }
    spec       = { host = var.host } # want "^warning: .* DestinationRule \"variable\" has no effect"
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { host = "${each.key}.shop.svc.cluster.local" } # want "^warning: .*DestinationRule \"red\"" "^warning: .*DestinationRule \"blue\""
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { host = var.unset } # undecided "var.unset has no value"
  }
}

# clean: the Service is there
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "reviews" }
  }
}
