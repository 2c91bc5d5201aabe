variable "service" {
  type    = string
  default = "wbe" # want-value "has no Service \"wbe\""
}

variable "open" {
  type = string
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    port {
      name = "http"
      port = 80
    }
  }
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

resource "kubernetes_manifest" "policy" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      targetRefs = [
        { kind = "Service", name = var.service },                                         # want "^warning: namespace \"shop\" has no Service \"wbe\""
        { kind = "Service", name = var.open },                                            # undecided "name"
        { group = "gateway.networking.k8s.io", kind = "Gateway", name = "way" },          # want "^warning: namespace \"shop\" has no Gateway \"way\""
        { group = "gateway.networking.k8s.io", kind = "Gateway", name = "elsewhere" },    # clean: the user names it
      ]
    }
  }
}

resource "kubernetes_manifest" "telemetry" {
  for_each = toset(["waypoint", "waypiont"])
  manifest = {
    apiVersion = "telemetry.istio.io/v1"
    kind       = "Telemetry"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      targetRefs = [{ group = "gateway.networking.k8s.io", kind = "Gateway", name = each.value }] # want "^warning: .*\"waypiont\""
    }
  }
}

resource "kubernetes_manifest" "both" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "both", namespace = "shop" }
    spec = {
      selector  = { matchLabels = { app = "web" } } # want "^error: "
      targetRef = { kind = "Service", name = "web" }
    }
  }
}
