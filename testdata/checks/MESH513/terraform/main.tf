variable "mode" {
  type    = string
  default = "STRICT" # want-value "^error: mode STRICT makes the proxy of Deployment \"given\""
}

variable "unknown" {
  type = string
}

variable "namespace" {
  type = string
}

locals {
  modes = { given = var.mode, open = var.unknown }
}

resource "kubernetes_namespace_v1" "default" {
  metadata {
    name   = "default"
    labels = { istio-injection = "enabled" }
  }
}

resource "kubernetes_deployment_v1" "hook" {
  for_each = merge(local.modes, { api = "", clean = "" })
  metadata {
    name = each.key
  }
  spec {
    selector {
      match_labels = { app = each.key }
    }
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "hook"
          image = "hook"
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "hook" {
  for_each = merge(local.modes, { api = "", clean = "" })
  metadata {
    name = each.key
  }
  spec {
    selector = { app = each.key }
    port {
      name        = "https"
      port        = 443
      target_port = 9443
    }
  }
}

resource "kubernetes_validating_webhook_configuration_v1" "hook" {
  for_each = merge(local.modes, { clean = "" })
  metadata {
    name = each.key
  }
  webhook {
    name                      = "${each.key}.example.com"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      service {
        name      = each.key
        namespace = "default"
      }
    }
  }
}

resource "kubernetes_manifest" "mtls" {
  for_each = local.modes
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    # undecided +1 "var.unknown has no value"
    spec = { selector = { matchLabels = { app = each.key } }, mtls = { mode = each.value } } # want "^error: mode STRICT makes the proxy of Deployment \"given\""
  }
}

module "api" { # want-module "^error: mode STRICT makes the proxy of Deployment \"api\""
  source = "./modules/api"
  name   = "api"
}

# clean: the port is PERMISSIVE
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { selector = { matchLabels = { app = "clean" } }, mtls = { mode = "STRICT" }, portLevelMtls = { "9443" = { mode = "PERMISSIVE" } } }
  }
}

# A mutating webhook in a namespace that is not known.
resource "kubernetes_mutating_webhook_configuration_v1" "elsewhere" {
  metadata {
    name = "elsewhere"
  }
  webhook {
    name                      = "elsewhere.example.com"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      service {
        name      = "elsewhere"
        namespace = var.namespace # undecided "var.namespace has no value"
      }
    }
  }
}

resource "kubernetes_pod_v1" "elsewhere" {
  metadata {
    name   = "elsewhere"
    labels = { app = "elsewhere" }
  }
  spec {
    container {
      name  = "hook"
      image = "hook"
    }
  }
}

resource "kubernetes_service_v1" "elsewhere" {
  metadata {
    name = "elsewhere"
  }
  spec {
    selector = { app = "elsewhere" }
    port {
      name        = "http"
      port        = 443
      target_port = 9443
    }
  }
}
