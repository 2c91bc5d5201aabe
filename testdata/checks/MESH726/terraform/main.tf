variable "balancer" {
  type    = string
  default = "RANDOM"
}

variable "cluster_ip" {
  type = string
}

resource "kubernetes_service" "headless" {
  for_each = { literal = "None", variable = "None", red = "None", blue = "None", open = var.cluster_ip, clean = "10.0.0.1" }
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    cluster_ip = each.value # undecided "var.cluster_ip has no value"
    selector   = { app = each.key }
    port {
      name = "tcp"
      port = 5432
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "literal", namespace = "shop" }
    spec = {
      host          = "literal"
      trafficPolicy = { loadBalancer = { consistentHash = { useSourceIp = true } } } # want "^warning: loadBalancer of DestinationRule \"literal\""
    }
  }
}

resource "kubernetes_manifest" "variable" {
  for_each = toset(["variable", "red", "blue", "open"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      host          = each.key
      trafficPolicy = { loadBalancer = { simple = var.balancer } } # want "DestinationRule \"variable\"" "DestinationRule \"red\"" "DestinationRule \"blue\""
    }
  }
}

# clean: a Service with a cluster IP
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "clean", trafficPolicy = { loadBalancer = { simple = "RANDOM" } } }
  }
}
