variable "host_network" {
  type    = bool
  default = true # want-value "StatefulSet \"cache\""
}

variable "own_host_network" {
  type = bool
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name = "agent"
  }
  spec {
    template {
      metadata {
        labels = { app = "agent" }
      }
      spec {
        host_network = true # want "^note: DaemonSet \"agent\" is a node agent .hostNetwork: true., which is never part of the mesh"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "asking" {
  metadata {
    name = "asking"
  }
  spec {
    template {
      metadata {
        labels = { app = "asking", "sidecar.istio.io/inject" = "true" }
      }
      spec {
        host_network = local.on_the_host # want "^warning: DaemonSet \"asking\" has hostNetwork: true, and Istio keeps such pods out of the mesh despite sidecar.istio.io/inject: true"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

locals {
  on_the_host = true # want-value "DaemonSet \"asking\""
}

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
      }
      spec {
        host_network = var.host_network # want "^note: StatefulSet \"cache\""
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

module "team" {
  source       = "./modules/team"
  for_each     = { red = true, blue = true, green = false }
  name         = each.key
  host_network = each.value
}

# clean: it is said to be meant
resource "kubernetes_deployment" "outside" {
  metadata {
    name = "outside"
  }
  spec {
    template {
      metadata {
        labels = { app = "outside", "sidecar.istio.io/inject" = "false" }
      }
      spec {
        host_network = true
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_pod" "open" {
  metadata {
    name = "open"
  }
  spec {
    host_network = var.own_host_network # undecided "var.own_host_network has no value"
    container {
      name  = "app"
      image = "example.com/app:1.0"
    }
  }
}
