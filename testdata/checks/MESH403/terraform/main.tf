variable "mode" {
  type    = string
  default = "ambient" # want-value "Deployment .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_namespace" "ambient" {
  metadata {
    name   = "ambient"
    labels = { "istio.io/dataplane-mode" = "ambient" }
  }
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/dataplane-mode" = "ambient", "sidecar.istio.io/inject" = "true" } # want "^warning: the pods of Deployment .literal. ask for ambient mode"
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
        labels = { "istio.io/dataplane-mode" = var.mode, "sidecar.istio.io/inject" = "true" } # want "Deployment .variable."
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
        labels = { "istio.io/dataplane-mode" = var.unknown, "sidecar.istio.io/inject" = "true" } # undecided "var.unknown has no value"
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
        labels = { "istio.io/dataplane-mode" = "ambient", "sidecar.istio.io/inject" = "true" } # want "StatefulSet .cache."
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
      name      = "each-${each.key}"
      namespace = "ambient"
    }
    spec = {
      template = {
        metadata = {
          labels = { "sidecar.istio.io/inject" = "true" } # want "^note: .*ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: one of them only
resource "kubernetes_deployment" "right" {
  metadata {
    name = "right"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/dataplane-mode" = "ambient" }
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
