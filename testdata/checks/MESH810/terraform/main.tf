variable "blocked" {
  type    = string
  default = ""
}

variable "unknown" {
  type = string
}

locals {
  istiods = ["istiod-one", "istiod-two"]
}

resource "kubernetes_manifest" "login" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "RequestAuthentication"
    metadata   = { name = "login", namespace = "default" }
    spec       = { jwtRules = [{ issuer = "https://login.example.com" }] }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = toset(local.istiods)
  metadata {
    name      = each.key
    namespace = "istio-system"
    labels    = { app = "istiod" }
  }
  spec {
    template {
      metadata {
        labels = { app = "istiod" }
      }
      spec {
        container { # want "^note: Deployment \"istiod-one\" has no BLOCKED_CIDRS_IN_JWKS_URIS" "^note: Deployment \"istiod-two\""
          name  = "discovery"
          image = "pilot"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "given" {
  metadata {
    name      = "istiod-given"
    namespace = "istio-system"
    labels    = { app = "istiod" }
  }
  spec {
    template {
      metadata {
        labels = { app = "istiod" }
      }
      spec {
        container {
          name  = "discovery"
          image = "pilot"
          env { # want "^note: Deployment \"istiod-given\""
            name  = "BLOCKED_CIDRS_IN_JWKS_URIS"
            value = var.blocked
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name      = "istiod-open"
    namespace = "istio-system"
    labels    = { app = "istiod" }
  }
  spec {
    template {
      metadata {
        labels = { app = "istiod" }
      }
      spec {
        container {
          name  = "discovery"
          image = "pilot"
          env {
            name  = "BLOCKED_CIDRS_IN_JWKS_URIS"
            value = var.unknown # undecided "var.unknown has no value"
          }
        }
      }
    }
  }
}

# clean: it is set
resource "kubernetes_deployment" "clean" {
  metadata {
    name      = "istiod-set"
    namespace = "istio-system"
    labels    = { app = "istiod" }
  }
  spec {
    template {
      metadata {
        labels = { app = "istiod" }
      }
      spec {
        container {
          name  = "discovery"
          image = "pilot"
          env {
            name  = "BLOCKED_CIDRS_IN_JWKS_URIS"
            value = "10.0.0.0/8"
          }
        }
      }
    }
  }
}
