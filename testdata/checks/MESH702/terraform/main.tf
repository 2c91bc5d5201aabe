variable "subset" {
  type    = string
  default = "v3" # want-value "has no subset .v3."
}

variable "unknown" {
  type = string
}

locals {
  subsets = ["v1", "v2"]
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      host    = "reviews"
      subsets = [for s in local.subsets : { name = s, labels = { version = s } }]
    }
  }
}

resource "kubernetes_manifest" "routes" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      hosts = ["reviews"]
      http = [{
        route = [
          { destination = { host = "reviews", subset = "v9" } },        # want "^error: DestinationRule .reviews. has no subset .v9."
          { destination = { host = "reviews", subset = var.subset } },  # want "^error: DestinationRule .reviews. has no subset .v3."
          { destination = { host = "reviews", subset = var.unknown } }, # undecided "spec.http.0..route.2..destination.subset"
          { destination = { host = var.unknown, subset = "v1" } },      # undecided "spec.http.0..route.3..destination.host"
          { destination = { host = "reviews", subset = "v2" } },        # clean: it is defined
        ]
      }]
    }
  }
}
