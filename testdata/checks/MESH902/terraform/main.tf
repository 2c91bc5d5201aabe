variable "waypoint" {
  type = string
}

locals {
  labels = { "istio.io/use-waypoint" = "wayponit" } # want-value "no waypoint \"wayponit\""
}

resource "kubernetes_manifest" "waypoint" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "waypoint", namespace = "shop" }
    spec = {
      gatewayClassName = "istio-waypoint"
      listeners        = [{ name = "mesh", port = 15008, protocol = "HBONE" }]
    }
  }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name   = "shop"
    labels = local.labels # want "^warning: the input has no waypoint \"wayponit\" in namespace \"shop\""
  }
}

resource "kubernetes_service" "web" {
  for_each = toset(["a", "b"])
  metadata {
    name      = each.key
    namespace = "shop"
    labels    = { "istio.io/use-waypoint" = "missing" } # want "the input has no waypoint \"missing\" in namespace \"shop\""
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_manifest" "outside" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata = {
      name      = "outside"
      namespace = "shop"
      labels    = { "istio.io/use-waypoint" = "lost" } # want "no waypoint \"lost\""
    }
    spec = { hosts = ["example.com"] }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name      = "open"
    namespace = "shop"
    labels    = { "istio.io/use-waypoint" = var.waypoint } # undecided "var.waypoint has no value"
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}

# clean: it is there
resource "kubernetes_service" "clean" {
  metadata {
    name      = "clean"
    namespace = "shop"
    labels    = { "istio.io/use-waypoint" = "waypoint" }
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}
