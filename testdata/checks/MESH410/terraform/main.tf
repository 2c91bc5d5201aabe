variable "revision" {
  type    = string
  default = "canary" # want-value "Deployment .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_namespace" "enabled" {
  metadata {
    name   = "enabled"
    labels = { "istio-injection" = "enabled" }
  }
}

resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = { "istio.io/rev" = var.unknown } # undecided "var.unknown has no value"
  }
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name      = "literal"
    namespace = "enabled"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/rev" = "canary" } # want "^warning: .* of the pods of Deployment .literal. has no effect"
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
    namespace = "enabled"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/rev" = var.revision } # want "Deployment .variable."
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
    namespace = "open"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/rev" = "canary" }
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
    namespace = "enabled"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { "istio.io/rev" = "canary" } # want "StatefulSet .cache."
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
      namespace = "enabled"
    }
    spec = {
      template = {
        metadata = {
          labels = { "istio.io/rev" = "canary" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

# clean: nobody knows that namespace
resource "kubernetes_deployment" "right" {
  metadata {
    name      = "right"
    namespace = "elsewhere"
  }
  spec {
    template {
      metadata {
        labels = { "istio.io/rev" = "canary" }
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
