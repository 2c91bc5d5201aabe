variable "capability" {
  type    = string
  default = "NET_ADMIN" # want-value "Deployment \"web\" adds the capability NET_ADMIN"
}

variable "own_capabilities" {
  type = list(string)
}

variable "own_user" {
  type = number
}

locals {
  capabilities = ["ALL"] # want-value "StatefulSet \"helped\" adds the capability ALL"
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
              add = [var.capability] # want "^note: container \"app\" of Deployment \"web\" adds the capability NET_ADMIN: as root it can remove the redirection"
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
              add = local.capabilities # want "StatefulSet \"helped\" adds the capability ALL"
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

# clean: a process that does not run as root has no added capability unless its file has it
resource "kubernetes_deployment" "user" {
  metadata {
    name = "user"
  }
  spec {
    template {
      metadata {
        labels = { app = "user" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            run_as_user = 1000
            capabilities {
              add = ["NET_ADMIN"]
            }
          }
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
        labels = { app = "open" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          security_context {
            run_as_user = var.own_user # undecided "var.own_user has no value"
            capabilities {
              add = ["NET_ADMIN"]
            }
          }
        }
      }
    }
  }
}
