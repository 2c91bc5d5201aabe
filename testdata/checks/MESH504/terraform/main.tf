variable "probe" {
  type = object({
    path = optional(string, "/")
    port = number
  })
  default = {
    port = 15020 # want-value "livenessProbe of container \"app\" asks port 15020"
  }
}

variable "own_port" {
  type = number
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
          liveness_probe {
            http_get {
              path = var.probe.path
              port = var.probe.port # want "^warning: livenessProbe of container \"app\" asks port 15020, which the sidecar uses for merged Prometheus telemetry: it tests the proxy and not the application"
            }
          }
        }
      }
    }
  }
}

# The name of a port is its number.
resource "kubernetes_daemonset" "named" {
  metadata {
    name = "named"
  }
  spec {
    template {
      metadata {
        labels = { app = "named" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            name           = local.stats
            container_port = 15090
          }
          readiness_probe {
            http_get {
              path = "/"
              port = local.stats # want "^warning: readinessProbe .* asks port 15090"
            }
          }
          lifecycle {
            pre_stop {
              http_get {
                path = "/drain"
                port = 15000 # want "^warning: preStop of container"
              }
            }
          }
        }
      }
    }
  }
}

locals {
  stats = "stats" # want-value "readinessProbe"
}

module "probed" {
  source = "./modules/probed"
  count  = 2
  port   = [15001, 8080][count.index]
}

# clean: another machine
resource "kubernetes_deployment" "remote" {
  metadata {
    name = "remote"
  }
  spec {
    template {
      metadata {
        labels = { app = "remote" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          liveness_probe {
            http_get {
              host = "example.com"
              port = 15020
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
          startup_probe {
            tcp_socket {
              port = var.own_port # undecided "var.own_port has no value"
            }
          }
        }
      }
    }
  }
}
