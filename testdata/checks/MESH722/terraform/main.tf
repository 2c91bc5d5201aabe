variable "mode" {
  type    = string
  default = "SIMPLE"
}

variable "ca" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      host          = "db"
      trafficPolicy = { tls = { mode = "SIMPLE" } } # want "^warning: tls mode SIMPLE for \"db\" has no caCertificates"
    }
  }
}

resource "kubernetes_manifest" "variable" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      host          = "${each.key}.example.com"
      trafficPolicy = { tls = { mode = var.mode } } # want "^note: tls mode SIMPLE for \"red.example.com\"" "\"blue.example.com\""
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      host          = "db"
      trafficPolicy = { tls = { mode = "SIMPLE", caCertificates = var.ca } } # undecided "var.ca has no value"
    }
  }
}

# clean: it names an authority
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      host          = "db"
      trafficPolicy = { tls = { mode = "SIMPLE", caCertificates = "/etc/certs/ca.pem" } }
    }
  }
}
