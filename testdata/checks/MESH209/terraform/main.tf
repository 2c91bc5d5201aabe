variable "memory" {
  type    = string
  default = "256Mi"
}

variable "own_memory" {
  type = string
}

variable "own_annotations" {
  type = map(string)
}

locals {
  proxy = {
    "sidecar.istio.io/proxyMemoryLimit" = "512Mi" # want-value "^note: sidecar.istio.io/proxyMemoryLimit of StatefulSet \"helped\""
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
        annotations = {
          "sidecar.istio.io/proxyMemory" = var.memory # want "^warning: sidecar.istio.io/proxyMemory of Deployment \"web\" .*: HorizontalPodAutoscaler \"web\" cannot compute the utilization of cpu"
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

resource "kubernetes_horizontal_pod_autoscaler_v2" "web" {
  metadata {
    name = "web"
  }
  spec {
    max_replicas = 10
    scale_target_ref {
      kind = "Deployment"
      name = kubernetes_deployment.web.metadata[0].name
    }
    metric {
      type = "Resource"
      resource {
        name = "cpu"
        target {
          type                = "Utilization"
          average_utilization = 80
        }
      }
    }
  }
}

resource "kubernetes_stateful_set_v1" "helped" {
  metadata {
    name = "helped"
  }
  spec {
    service_name = "helped"
    template {
      metadata {
        labels      = { app = "helped" }
        annotations = local.proxy # want "^note: sidecar.istio.io/proxyMemoryLimit of StatefulSet \"helped\""
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

resource "kubernetes_resource_quota" "strict" {
  metadata {
    name      = "team"
    namespace = "strict"
  }
  spec {
    hard = { "limits.memory" = "16Gi" }
  }
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name      = "agent"
    namespace = "strict"
  }
  spec {
    template {
      metadata {
        labels = { app = "agent" }
        annotations = {
          "sidecar.istio.io/proxyCPU" = "50m" # want "^error: .*: ResourceQuota \"team\" requires one and rejects the pods$"
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

resource "kubernetes_cron_job_v1" "nightly" {
  for_each = toset(["night", "noon"])
  metadata {
    name = each.key
  }
  spec {
    schedule = "@daily"
    job_template {
      metadata {}
      spec {
        template {
          metadata {
            labels = { app = each.key }
            annotations = {
              "sidecar.istio.io/proxyMemory" = "64Mi" # want "CronJob \"night\"" "CronJob \"noon\""
            }
          }
          spec {
            restart_policy = "Never"
            container {
              name  = "app"
              image = "example.com/app:1.0"
            }
          }
        }
      }
    }
  }
}

module "app" {
  source   = "./modules/app"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: all four are there
resource "kubernetes_deployment" "whole" {
  metadata {
    name = "whole"
  }
  spec {
    template {
      metadata {
        labels = { app = "whole" }
        annotations = {
          "sidecar.istio.io/proxyCPU"         = "100m"
          "sidecar.istio.io/proxyMemory"      = "256Mi"
          "sidecar.istio.io/proxyCPULimit"    = "2"
          "sidecar.istio.io/proxyMemoryLimit" = "1Gi"
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

# clean: all four are there, be one of them not known
resource "kubernetes_deployment" "valued" {
  metadata {
    name = "valued"
  }
  spec {
    template {
      metadata {
        labels = { app = "valued" }
        annotations = {
          "sidecar.istio.io/proxyCPU"         = "100m"
          "sidecar.istio.io/proxyMemory"      = "256Mi"
          "sidecar.istio.io/proxyCPULimit"    = "2"
          "sidecar.istio.io/proxyMemoryLimit" = var.own_memory # undecided "var.own_memory has no value"
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

resource "kubernetes_deployment" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    template {
      metadata {
        labels      = { app = "unknown" }
        annotations = var.own_annotations # undecided "var.own_annotations has no value"
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
