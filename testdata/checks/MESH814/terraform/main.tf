variable "mode" {
  type    = string
  default = "DISABLE" # want-value "clients of the headless Service \"plain\""
}

variable "unknown" {
  type = string
}

locals {
  modes = { plain = var.mode, strict = "STRICT", open = var.unknown }
}

resource "kubernetes_stateful_set" "db" {
  for_each = merge(local.modes, { one = "", two = "" })
  metadata {
    name = each.key
  }
  spec {
    service_name = each.key
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "db"
          image = "db"
        }
      }
    }
  }
}

resource "kubernetes_service" "db" {
  for_each = merge(local.modes, { one = "", two = "" })
  metadata {
    name = each.key
  }
  spec {
    cluster_ip = "None"
    selector   = { app = each.key }
    port {
      name = "tcp-peer"
      port = 7000
    }
  }
}

# clean is strict: PERMISSIVE clients send mutual TLS
resource "kubernetes_manifest" "mtls" {
  for_each = local.modes
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    # undecided +1 "var.unknown has no value"
    spec       = { selector = { matchLabels = { app = each.key } }, mtls = { mode = each.value } } # want "^warning: clients of the headless Service \"plain\" do not see mode DISABLE"
  }
}

resource "kubernetes_manifest" "ports" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    spec       = { selector = { matchLabels = { app = each.key } }, portLevelMtls = { "7000" = { mode = "DISABLE" } } } # want "Service \"one\"" "Service \"two\""
  }
}
