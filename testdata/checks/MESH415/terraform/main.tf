variable "prefixes" {
  type    = string
  default = "cluster"
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
          "sidecar.istio.io/statsInclusionPrefixes" = var.prefixes # want "^note: .* of the pods of Deployment .literal. is deprecated since Istio 1.9"
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
          annotations = { "sidecar.istio.io/extraStatTags" = "a" } # want "of the pods of StatefulSet"
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
          annotations = { "traffic.sidecar.istio.io/kubevirtInterfaces" = "net1" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: not deprecated
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
          annotations = { "sidecar.istio.io/proxyCPU" = "1" }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
