variable "inject" {
  type    = bool
  default = true # want-value "Deployment .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_namespace" "kube-public" {
  metadata {
    name   = "kube-public"
    labels = { "istio-injection" = "enabled" } # want "^warning: namespace .kube-public. has istio-injection"
  }
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name      = "literal"
    namespace = "kube-system"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = "true" } # want "^warning: the pods of Deployment .literal. ask for a sidecar"
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

resource "kubernetes_deployment" "variable" {
  metadata {
    name      = "variable"
    namespace = "kube-system"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = var.inject } # want "Deployment .variable."
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

resource "kubernetes_deployment" "open" {
  metadata {
    name      = "open"
    namespace = "kube-system"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = var.unknown } # undecided "var.unknown has no value"
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

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name      = "cache"
    namespace = "kube-system"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = "true" } # want "StatefulSet .cache."
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

resource "kubernetes_daemonset" "each" {
  for_each = toset(["red", "blue"])
  metadata {
    name      = "each-${each.key}"
    namespace = "kube-system"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = "true" } # want "DaemonSet .each-red." "DaemonSet .each-blue."
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

# clean: any other namespace
resource "kubernetes_deployment" "right" {
  metadata {
    name      = "right"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = "true" }
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
