variable "balancer" {
  type    = string
  default = "LEAST_CONN" # want-value "LEAST_CONN"
}

variable "mirrored" {
  type = number
}

resource "kubernetes_manifest" "rule" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      host = "web"
      trafficPolicy = {
        loadBalancer     = { simple = var.balancer } # want "^note: trafficPolicy.loadBalancer.simple \"LEAST_CONN\" is deprecated"
        outlierDetection = { consecutiveErrors = 5 } # want "consecutiveErrors is deprecated"
      }
    }
  }
}

resource "kubernetes_manifest" "route" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      hosts = [each.key]
      http = [{
        fault         = { delay = { percent = 10, fixedDelay = "5s" } } # want "delay.percent is deprecated"
        mirrorPercent = var.mirrored                                    # undecided "var.mirrored has no value"
      }]
    }
  }
}

resource "kubernetes_manifest" "sidecar" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { outboundTrafficPolicy = { egressProxy = { host = "egress" } } } # want "egressProxy is hidden"
  }
}

resource "kubernetes_manifest" "gateway" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      servers = [{
        hosts = ["*"]
        port  = { number = 80, name = "http", protocol = "HTTP", targetPort = 8080 } # want "targetPort is deprecated and has no effect"
      }]
    }
  }
}

resource "kubernetes_manifest" "policy" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { targetRef = { group = "gateway.networking.k8s.io", kind = "Gateway", name = "web" } } # want "targetRef is deprecated"
  }
}

# clean: the successors
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { host = "clean", trafficPolicy = { outlierDetection = { consecutive5xxErrors = 5 } } }
  }
}
