variable "host" {
  type    = string
  default = "reviews"
}

variable "subset" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      host    = var.host
      subsets = [{ name = "v1", trafficPolicy = { outlierDetection = {} } }] # want "^note: the traffic policy of subset \"v1\" of \"reviews\" is never used"
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
      host    = each.key
      subsets = [{ name = "v1", trafficPolicy = { outlierDetection = {} } }] # want "of \"red\"" "of \"blue\""
    }
  }
}

resource "kubernetes_manifest" "open_rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { host = "open", subsets = [{ name = "v1", trafficPolicy = { outlierDetection = {} } }] }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      hosts = ["open"]
      http  = [{ route = [{ destination = { host = "open", subset = var.subset } }] }] # undecided "var.subset has no value"
    }
  }
}

# clean: a route names the subset
resource "kubernetes_manifest" "clean_rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "clean", subsets = [{ name = "v1", trafficPolicy = { outlierDetection = {} } }] }
  }
}

resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      hosts = ["clean"]
      http  = [{ route = [{ destination = { host = "clean", subset = "v1" } }] }]
    }
  }
}
