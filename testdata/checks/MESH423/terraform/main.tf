variable "os" {
  type    = string
  default = "windows" # want-value "Deployment .variable."
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

resource "kubernetes_deployment" "literal" {
  metadata {
    name      = "literal"
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = "windows" } # want "^error: the pods of Deployment .literal. run on Windows"
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
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels = { app = "variable" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = var.os } # want "^error: .*Deployment .variable."
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
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels = { app = "open" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = var.unknown } # undecided "var.unknown has no value"
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
    namespace = "in"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = "windows" } # want "StatefulSet .cache."
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name      = "agent"
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels = { app = "agent" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = "windows" } # want "DaemonSet .agent."
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
      namespace = "in"
    }
    spec = {
      template = {
        metadata = {
        }
        spec = {
          os         = { name = "windows" } # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
          containers = [{ name = "app", image = "example.com/app:1.0" }]
        }
      }
    }
  }
}

# clean: Linux
resource "kubernetes_deployment" "right" {
  metadata {
    name      = "right"
    namespace = "in"
  }
  spec {
    template {
      metadata {
        labels = { app = "right" }
      }
      spec {
        node_selector = { "kubernetes.io/os" = "linux" }
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
