variable "client_tls" {
  type    = string
  default = "DISABLE" # want-value "clients of \"mysql\" port tcp-mysql:3306 use tls mode DISABLE"
}

variable "own_tls" {
  type = string
}

locals {
  servers = {
    mysql = "strict"
    plain = "disable"
    lib   = "strict"
    auto  = "strict"
    open  = "strict"
  }
  modes = { strict = "STRICT", disable = "DISABLE" }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "mtls" {
  for_each = local.modes
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { mtls = each.key } }
      mtls     = { mode = each.value }
    }
  }
}

# clean is auto: without a DestinationRule automatic mutual TLS is right
resource "kubernetes_pod" "server" {
  for_each = local.servers
  metadata {
    name   = each.key
    labels = { app = each.key, mtls = each.value }
  }
  spec {
    container {
      name  = "server"
      image = "mysql:8.4"
    }
  }
}

resource "kubernetes_service" "server" {
  for_each = local.servers
  metadata {
    name = each.key
  }
  spec {
    selector = { app = each.key }
    port {
      name = "tcp-mysql"
      port = 3306
    }
  }
}

resource "kubernetes_manifest" "mysql" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "mysql", namespace = "default" }
    spec = {
      host = "mysql"
      trafficPolicy = {
        tls = {
          mode = var.client_tls # want "^error: clients of \"mysql\" port tcp-mysql:3306 use tls mode DISABLE"
        }
      }
    }
  }
}

resource "kubectl_manifest" "plain" {
  yaml_body = <<-YAML
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata:
      name: plain
    spec:
      host: plain.default.svc.cluster.local
      trafficPolicy:
        tls:
          mode: ISTIO_MUTUAL # want "^error: clients of \"plain\" port tcp-mysql:3306 use mutual TLS, but its server accepts only plain text"
  YAML
}

module "rule" {
  source = "./modules/rule"
  host   = "lib"
  tls    = { mode = "SIMPLE" } # want-value "clients of \"lib\""
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "DestinationRule"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      host          = "open"
      trafficPolicy = { tls = { mode = var.own_tls } } # undecided "var.own_tls has no value"
    }
  }
}
