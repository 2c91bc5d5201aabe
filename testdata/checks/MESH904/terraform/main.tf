variable "port" {
  type = number
}

locals {
  port = 8080 # want-value "listens on port 8080"
}

resource "kubernetes_manifest" "wrong" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      gatewayClassName = "istio-waypoint"
      listeners        = [{ name = "mesh", port = local.port, protocol = "HBONE" }] # want "^error: waypoint \"a\" listens on port 8080" "waypoint \"b\" listens"
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "open", namespace = "shop" }
    spec = {
      gatewayClassName = "istio-waypoint"
      listeners        = [{ name = "mesh", port = var.port, protocol = "HBONE" }] # undecided "var.port has no value"
    }
  }
}

# clean: as it must be
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      gatewayClassName = "istio-waypoint"
      listeners        = [{ name = "mesh", port = 15008, protocol = "HBONE" }]
    }
  }
}
