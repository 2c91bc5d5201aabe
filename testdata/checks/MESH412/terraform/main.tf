variable "annotations" {
  type = map(string)
  default = {
    "sidecar.istio.io/proxyMemori" = "128Mi" # want-value "of the pods of Deployment .variable."
  }
}

variable "unknown" {
  type = map(string)
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        annotations = {
          "sidecar.istio.io/proxyCpu" = "100m" # want "^warning: .*did you mean .sidecar.istio.io/proxyCPU."
        }
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

resource "kubernetes_manifest" "variable" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata = {
      name = "variable"
    }
    spec = {
      template = {
        metadata = {
          annotations = var.annotations # want "did you mean .sidecar.istio.io/proxyMemory."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata = {
      name = "open"
    }
    spec = {
      template = {
        metadata = {
          annotations = var.unknown # undecided "var.unknown has no value"
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_namespace" "team" {
  for_each = toset(["red", "blue"])
  metadata {
    name   = each.key
    labels = { istio_injection = "enabled" } # want "Namespace .red.*did you mean .istio-injection." "Namespace .blue."
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name        = "web"
    annotations = { "networking.istio.io/exportThree" = "." } # want "of Service .web."
  }
  spec {
    port {
      port = 80
    }
  }
}

# clean: Istio has it
resource "kubernetes_manifest" "right" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata = {
      name = "right"
    }
    spec = {
      template = {
        metadata = {
          annotations = { "sidecar.istio.io/proxyCPU" = "100m" }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "sets" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "ReplicaSet"
    metadata = {
      name = "sets"
    }
    spec = {
      template = {
        metadata = {
          labels = { "sidecar.istio.io/injekt" = "true" } # want "^warning: label .sidecar.istio.io/injekt. .*did you mean .sidecar.istio.io/inject."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "stateful" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "StatefulSet"
    metadata = {
      name = "stateful"
    }
    spec = {
      template = {
        metadata = {
          annotations = { "sidecar.istio.io/excludeOutboundPorts" = "1" } # want "of the pods of StatefulSet"
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
