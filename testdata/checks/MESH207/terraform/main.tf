variable "capability" {
  type    = string
  default = "NET_ADMIN" # want-value "Deployment \"web\" has the capability NET_ADMIN"
}

variable "own_capabilities" {
  type = list(string)
}

locals {
  capabilities = ["ALL"] # want-value "StatefulSet \"helped\" has the capability ALL"
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = [var.capability] # want "^note: container \"app\" of Deployment \"web\" has the capability NET_ADMIN: it can remove the redirection"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "helped" {
  metadata {
    name = "helped"
  }
  spec {
    service_name = "x"
    template {
      metadata {
        labels = { app = "helped" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = local.capabilities # want "StatefulSet \"helped\" has the capability ALL"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "surely" {
  metadata {
    name = "surely"
  }
  spec {
    template {
      metadata {
        labels = { app = "surely", "sidecar.istio.io/inject" = "true" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            privileged = true # want "container \"app\" of DaemonSet \"surely\" is privileged"
          }
        }
      }
    }
  }
}

resource "kubernetes_job" "reports" {
  for_each = toset(["night", "noon"])
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {}
      spec {
        restart_policy = "Never"
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = ["NET_ADMIN"] # want "Job \"night\"" "Job \"noon\""
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

# clean: NET_RAW changes no rules
resource "kubernetes_deployment" "raw" {
  metadata {
    name = "raw"
  }
  spec {
    template {
      metadata {
        labels = { app = "raw" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = ["NET_RAW"]
            }
          }
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
        labels = { app = "unknown" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            capabilities {
              add = var.own_capabilities # undecided "var.own_capabilities has no value"
            }
          }
        }
      }
    }
  }
}
