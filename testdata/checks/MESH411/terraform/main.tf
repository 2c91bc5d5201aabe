variable "image" {
  type    = string
  default = "auto" # want-value "Deployment .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_namespace" "in" {
  metadata {
    name   = "in"
    labels = { "istio-injection" = "enabled" }
  }
}

resource "kubernetes_namespace" "out" {
  metadata {
    name   = "out"
    labels = { team = "shop" }
  }
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name      = "literal"
    namespace = "out"
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = "auto" # want "^error: .*Deployment .literal."
        }
      }
    }
  }
}

resource "kubernetes_deployment" "variable" {
  metadata {
    name      = "variable"
    namespace = "out"
  }
  spec {
    template {
      metadata {
        labels = { app = "variable" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = var.image # want "^error: .*Deployment .variable."
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name      = "open"
    namespace = "out"
  }
  spec {
    template {
      metadata {
        labels = { app = "open" }
      }
      spec {
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
    name      = "cache"
    namespace = "out"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = "auto" # want "StatefulSet .cache."
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "each" {
  for_each = toset(["red", "blue"])
  metadata {
    name      = "each-${each.key}"
    namespace = "out"
  }
  spec {
    template {
      metadata {
        labels = { app = "each" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = "auto" # want "DaemonSet .each-red." "DaemonSet .each-blue."
        }
      }
    }
  }
}

# clean: it is injected
resource "kubernetes_deployment" "right" {
  metadata {
    name      = "right"
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels      = { app = "right" }
        annotations = { "inject.istio.io/templates" = "gateway" }
      }
      spec {
        container {
          name  = "istio-proxy"
          image = "auto"
        }
      }
    }
  }
}
