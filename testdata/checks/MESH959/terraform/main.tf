variable "bundle" {
  type = string
}

locals {
  bundle = "v1.4.1" # want-value "tlsroutes"
}

resource "kubernetes_manifest" "tls" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata = {
      name        = "tlsroutes.gateway.networking.k8s.io"
      annotations = { "gateway.networking.k8s.io/bundle-version" = local.bundle } # want "^warning: tlsroutes.gateway.networking.k8s.io is of Gateway API 1.4.1"
    }
    spec = { group = "gateway.networking.k8s.io", names = { kind = "TLSRoute", plural = "tlsroutes" } }
  }
}

resource "kubernetes_manifest" "grpc" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata = {
      name        = "grpcroutes.gateway.networking.k8s.io"
      annotations = { "gateway.networking.k8s.io/bundle-version" = var.bundle } # undecided "var.bundle has no value"
    }
    spec = { group = "gateway.networking.k8s.io", names = { kind = "GRPCRoute", plural = "grpcroutes" } }
  }
}

# clean: Istio reads any release of it
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "apiextensions.k8s.io/v1"
    kind       = "CustomResourceDefinition"
    metadata = {
      name        = "httproutes.gateway.networking.k8s.io"
      annotations = { "gateway.networking.k8s.io/bundle-version" = "v1.0.0" }
    }
    spec = { group = "gateway.networking.k8s.io", names = { kind = "HTTPRoute", plural = "httproutes" } }
  }
}
