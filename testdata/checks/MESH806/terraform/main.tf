variable "port" {
  type    = number
  default = 80
}

variable "mode" {
  type = string
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
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "main"
          image = "a"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = var.port
      target_port = 8080
    }
  }
}

resource "kubernetes_manifest" "web" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "web", namespace = "shop" }
    spec = {
      selector      = { matchLabels = { app = "web" } }
      portLevelMtls = { "80" = { mode = "DISABLE" } } # want "^warning: 80 is a port of Service \"web\""
    }
  }
}

resource "kubernetes_manifest" "wide" {
  for_each = toset(["STRICT", "STRIKT"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "wide", namespace = "shop" }
    spec       = { mtls = { mode = each.value } } # want "^error: mode is \"STRIKT\""
  }
}

# clean: the container's port
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      selector      = { matchLabels = { app = "web" } }
      portLevelMtls = { "8080" = { mode = "DISABLE" } }
      mtls          = { mode = var.mode } # undecided "spec.mtls.mode"
    }
  }
}
