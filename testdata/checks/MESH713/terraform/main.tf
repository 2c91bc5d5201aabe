variable "attempts" {
  type    = string
  default = "many" # want-value "attempts must be a whole number"
}

variable "timeout" {
  type = string
}

locals {
  modes = { good = "RANDOM", bad = "LEAST_REQUESTS" } # want-value "simple is \"LEAST_REQUESTS\""
}

resource "kubernetes_manifest" "web" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      hosts    = ["web"]
      gateways = null # clean: null is not written
      http = [{ # want "^error: the route leads nowhere"
        timeout = var.timeout # undecided "spec.http\\[0\\].timeout"
        retries = {
          attempts = var.attempts # want "^error: attempts must be a whole number"
        }
        rout = [{ destination = { host = "web" } }] # want "^error: there is no field \"rout\" here"
      }]
    }
  }
}

resource "kubernetes_manifest" "rule" {
  for_each = local.modes
  manifest = {
    apiVersion = "networking.istio.io/v1beta1"
    kind       = "DestinationRule"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      host          = "web"
      trafficPolicy = { loadBalancer = { simple = each.value } } # want "^error: simple is \"LEAST_REQUESTS\""
    }
  }
}

resource "kubernetes_manifest" "gateway" {
  manifest = {
    apiVersion = "security.istio.io/v1" # want "^error: apiVersion is \"security.istio.io/v1\", and security.istio.io has no kind Gateway"
    kind       = "Gateway"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { servers = [] }
  }
}

resource "kubernetes_manifest" "route" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "HTTPRoute"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      rules = [{ backendRefs = [{ name = "web", port = "http" }] }] # want "^error: port must be a whole number"
    }
  }
}

resource "kubernetes_manifest" "odd" {
  for_each = toset(["Gatway"])
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = each.value # want "^error: kind is \"Gatway\""
    metadata   = { name = "odd", namespace = "shop" }
  }
}

resource "kubectl_manifest" "entry" {
  yaml_body = <<-YAML
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: api, namespace: shop}
    spec: # want "^error: hosts is missing"
      ports:
      - {number: 443, name: https, protocol: HTTPS}
  YAML
}

resource "kubectl_manifest" "sidecar" {
  yaml_body = yamlencode({
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "api", namespace = "shop" }
    spec       = { egress = [{ hosts = ["web"] }] } # want "^error: \"web\": a host must be written as namespace/host"
  })
}

# clean: all of it is fine
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      servers = [{ hosts = ["*"], port = { number = 80, name = "http", protocol = "HTTP" } }]
    }
  }
}

resource "kubernetes_manifest" "workload" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "WorkloadEntry"
    metadata   = { name = "web", namespace = "shop" }
    spec       = { address = "unix://web" } # want "^error: "
  }
}

resource "kubernetes_manifest" "letters" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "HttpRoute" # want "^error: kind is \"HttpRoute\""
    metadata   = { name = "letters", namespace = "shop" }
  }
}
