variable "cpu" {
  type    = string
  default = "100m"
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
          "sidecar.istio.io/proxyCPU" = var.cpu # want "^note: .* of the pods of Deployment .literal. is of a feature in alpha"
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

resource "kubernetes_service" "web" {
  metadata {
    name        = "web"
    annotations = { "networking.istio.io/exportTo" = "." } # want "of Service .web."
  }
  spec {
    port {
      port = 80
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
          annotations = { "sidecar.istio.io/logLevel" = "debug" } # want "of the pods of StatefulSet"
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
          annotations = { "sidecar.istio.io/logLevel" = "debug" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: beta
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
          annotations = { "proxy.istio.io/config" = "{}" }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
