variable "memory" {
  type    = string
  default = "128MB" # want-value "Deployment .variable."
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
        annotations = {
          "status.sidecar.istio.io/port" = "http" # want "^warning: .* of the pods of Deployment .literal. is not valid: it is not a port number"
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
          annotations = { "sidecar.istio.io/proxyMemory" = var.memory } # want "it is not a quantity"
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
          annotations = { "sidecar.istio.io/proxyMemory" = var.unknown } # undecided "var.unknown has no value"
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
          annotations = { "proxy.istio.io/config" = yamlencode({ proxyMetadata = { A = true } }) } # want "the value of A in proxyMetadata is not text"
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
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
          annotations = { "prometheus.istio.io/merge-metrics" = "yes" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: yamlencode() keeps the quotes
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
          annotations = { "proxy.istio.io/config" = yamlencode({ proxyMetadata = { A = "true" } }) }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
