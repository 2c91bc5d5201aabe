variable "cpu" {
  type    = string
  default = "1" # want-value "its CPU limit is 2, and 1 is the maximum of a container"
}

variable "own_cpu" {
  type = string
}

locals {
  limits = {
    Container = { memory = "512Mi" } # want-value "its memory limit is 1Gi, and 512Mi is the maximum"
  }
}

resource "kubernetes_limit_range" "small" {
  metadata {
    name      = "small"
    namespace = "small"
  }
  spec {
    limit {
      type = "Container"
      max = {
        cpu = var.cpu # want "^warning: LimitRange \"small\" rejects Deployment \"app\" with a sidecar: its CPU limit is 2, and 1 is the maximum of a container"
      }
      min = {
        memory = "256Mi" # want "its memory request is 128Mi, and 256Mi is the minimum of a container"
      }
    }
  }
}

resource "kubernetes_limit_range" "dynamic" {
  metadata {
    name      = "dynamic"
    namespace = "dynamic"
  }
  spec {
    dynamic "limit" {
      for_each = local.limits
      content {
        type = limit.key
        max  = limit.value # want "its memory limit is 1Gi, and 512Mi is the maximum of a container"
      }
    }
  }
}

# clean: the LimitRange admits the sidecar
resource "kubernetes_limit_range" "roomy" {
  metadata {
    name      = "roomy"
    namespace = "roomy"
  }
  spec {
    limit {
      type = "Container"
      max  = { cpu = "2", memory = "1Gi" }
    }
  }
}

resource "kubernetes_limit_range" "unknown" {
  metadata {
    name      = "unknown"
    namespace = "unknown"
  }
  spec {
    limit {
      type = "Container"
      max  = { cpu = var.own_cpu } # undecided "var.own_cpu has no value"
    }
  }
}

resource "kubernetes_deployment" "app" {
  for_each = toset(["small", "dynamic", "roomy", "unknown"])
  metadata {
    name      = "app"
    namespace = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = "app" }
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

resource "kubernetes_stateful_set" "greedy" {
  metadata {
    name      = "greedy"
    namespace = "roomy"
  }
  spec {
    service_name = "greedy"
    template {
      metadata {
        labels = { app = "greedy" }
        annotations = {
          "sidecar.istio.io/proxyMemoryLimit" = "4Gi" # want "^error: LimitRange \"roomy\" rejects the pods of StatefulSet \"greedy\": its memory limit is 4Gi, and 1Gi is the maximum of a container"
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

module "team" {
  source   = "./modules/app"
  for_each = toset(["red", "blue"])
  team     = each.key
}
