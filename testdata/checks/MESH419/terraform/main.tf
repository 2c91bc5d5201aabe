variable "templates" {
  type    = string
  default = "gatway" # want-value "Deployment .variable."
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
        annotations = { "inject.istio.io/templates" = "special" } # want "^warning: .*Deployment .literal."
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
    name = "variable"
  }
  spec {
    template {
      metadata {
        annotations = { "inject.istio.io/templates" = var.templates } # want "did you mean .gateway."
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
    name = "open"
  }
  spec {
    template {
      metadata {
        annotations = { "inject.istio.io/templates" = var.unknown } # undecided "var.unknown has no value"
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
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        annotations = { "inject.istio.io/templates" = "grpc" } # want "StatefulSet .cache."
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
          annotations = { "inject.istio.io/templates" = "x" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: Istio has it
resource "kubernetes_deployment" "right" {
  metadata {
    name = "right"
  }
  spec {
    template {
      metadata {
        annotations = { "inject.istio.io/templates" = "grpc-agent" }
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
