variable "image" {
  type    = string
  default = "example.com/proxyv2:1.20.0"
}

variable "unknown" {
  type = string
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        annotations = { "sidecar.istio.io/status" = "{}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
        container { # want "^note: Deployment .literal. contains a manually injected sidecar"
          name  = "istio-proxy"
          image = "example.com/proxyv2:1.20.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "variable" {
  metadata {
    name = "variable"
  }
  spec {
    template {
      metadata {
        annotations = { "sidecar.istio.io/status" = "{}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
        container { # want "^note: Deployment .variable."
          name  = "istio-proxy"
          image = var.image
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name = "open"
  }
  spec {
    template {
      metadata {
        annotations = { "sidecar.istio.io/status" = "{}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
        container { 
          name  = "istio-proxy"
          image = var.unknown # undecided "var.unknown has no value"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        annotations = { "sidecar.istio.io/status" = "{}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
        container { # want "StatefulSet .cache."
          name  = "istio-proxy"
          image = "example.com/proxyv2:1.20.0"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "apps/v1"
    kind       = "ReplicaSet"
    metadata = {
      name = "each-${each.key}"
    }
    spec = {
      template = {
        metadata = {
          annotations = { "sidecar.istio.io/status" = "{}" }
        }
        spec = {
          containers = [
            { name = "app", image = "example.com/app:1.0" },
            { name = "istio-proxy", image = "example.com/proxyv2:1.20.0" }, # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
          ]
        }
      }
    }
  }
}

# clean: it is injected
resource "kubernetes_deployment" "right" {
  metadata {
    name = "right"
  }
  spec {
    template {
      metadata {
        annotations = { "sidecar.istio.io/status" = "{}" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
