variable "inject" {
  type    = string
  default = "off" # want-value "Deployment .variable."
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
        labels = {
          "sidecar.istio.io/inject" = "no" # want "^warning: label sidecar.istio.io/inject: .no. of the pods of Deployment .literal."
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

# clean: Terraform makes the text "false" of a boolean
resource "kubernetes_deployment" "boolean" {
  metadata {
    name = "boolean"
  }
  spec {
    template {
      metadata {
        labels = { "sidecar.istio.io/inject" = false }
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
          labels = { "sidecar.istio.io/inject" = var.inject } # want "Deployment .variable."
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
          labels = { "sidecar.istio.io/inject" = var.unknown } # undecided "var.unknown has no value"
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
          annotations = { "sidecar.istio.io/inject" = "disabled" } # want "of the pods of StatefulSet"
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
          labels = { "sidecar.istio.io/inject" = "True" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
