variable "labels" {
  type    = map(string)
  default = { "istio-injection" = "enabled" } # want-value "Deployment .variable."
}

variable "unknown" {
  type = map(string)
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
    annotations = {
      "proxy.istio.io/config" = "{}" # want "^warning: .* is on Deployment .literal., where Istio ignores it"
    }
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
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
          labels = var.labels # want "is on the pods of Deployment .variable."
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

resource "kubernetes_manifest" "cache" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "StatefulSet"
    metadata = {
      name = "cache"
      annotations = { "sidecar.istio.io/proxyCPU" = "1" } # want "is on StatefulSet .cache."
    }
    spec = {
      template = {
        metadata = {
          labels = { app = "cache" }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "agent" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "DaemonSet"
    metadata = {
      name = "agent"
      labels = { "istio.io/dataplane-mode" = "none" } # want "is on DaemonSet .agent."
    }
    spec = {
      template = {
        metadata = {
          labels = { app = "agent" }
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "jobs" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "batch/v1"
    kind       = "CronJob"
    metadata   = { name = "team-${each.key}" }
    spec = {
      schedule = "0 4 * * *"
      jobTemplate = {
        metadata = { annotations = { "sidecar.istio.io/proxyCPU" = "1" } } # want "the Jobs of CronJob .team-red." "the Jobs of CronJob .team-blue."
        spec     = { template = { spec = { restartPolicy = "Never", containers = [{ name = "app", image = "example.com/app:1.0" }] } } }
      }
    }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name        = "web"
    annotations = { "sidecar.istio.io/logLevel" = "debug" } # want "is on Service .web."
  }
  spec {
    port {
      port = 80
    }
  }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name        = "shop"
    annotations = { "istio-injection" = "enabled" } # want "among the annotations of Namespace .shop."
  }
}

# clean: the right place
resource "kubernetes_namespace" "right" {
  metadata {
    name   = "right"
    labels = { "istio-injection" = "enabled" }
  }
}
