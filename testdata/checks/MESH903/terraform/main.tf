variable "traffic" {
  type = string
}

locals {
  waypoint = "pods" # want-value "waypoint \"pods\" is for workload traffic"
}

resource "kubernetes_manifest" "waypoint" {
  for_each = { pods = "workload", open = var.traffic }
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop", labels = { "istio.io/waypoint-for" = each.value } } # undecided "var.traffic has no value"
    spec = {
      gatewayClassName = "istio-waypoint"
      listeners        = [{ name = "mesh", port = 15008, protocol = "HBONE" }]
    }
  }
}

resource "kubernetes_manifest" "misspelled" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "misspelled", namespace = "shop", labels = { "istio.io/waypoint-for" = "every" } } # want "is not a traffic type"
    spec       = { gatewayClassName = "istio-waypoint", listeners = [{ name = "mesh", port = 15008, protocol = "HBONE" }] }
  }
}

resource "kubernetes_manifest" "plain" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "plain", namespace = "shop" }
    spec       = { gatewayClassName = "istio-waypoint", listeners = [{ name = "mesh", port = 15008, protocol = "HBONE" }] }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
    labels    = { "istio.io/use-waypoint" = local.waypoint } # want "^warning: waypoint \"pods\" is for workload traffic: what is sent to Service \"web\" goes past it"
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web", "istio.io/use-waypoint" = "plain" } # want "what is sent to the pods themselves goes past it"
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

# clean: for services
resource "kubernetes_service" "clean" {
  metadata {
    name      = "clean"
    namespace = "shop"
    labels    = { "istio.io/use-waypoint" = "plain" }
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}
