variable "probe" {
  type = object({
    path = optional(string, "/")
    port = number
  })
  default = {
    port = 15020 # want-value "livenessProbe of container \"app\" targets port 15020"
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
              port = var.probe.port # want "^warning: livenessProbe of container \"app\" targets port 15020, which the sidecar uses for merged Prometheus telemetry: it tests the proxy, not the application"
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
              port = local.stats # want "^warning: readinessProbe .* targets port 15090"
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

resource "kubernetes_replication_controller" "reports" {
  metadata {
    name = "reports"
  }
  spec {
    selector = { app = "reports" }
    template {
      metadata {
        labels = { app = "reports" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          liveness_probe {
            http_get {
              path = "/"
              port = 15006 # want "^warning: .*targets port 15006"
            }
          }
        }
      }
    }
  }
}

# The provider has no resource for a ReplicaSet.
resource "kubernetes_manifest" "replica_set" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "ReplicaSet"
    metadata   = { name = "replicas", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = "replicas" } }
      template = {
        metadata = { labels = { app = "replicas" } }
        spec = {
          containers = [{
            name  = "app"
            image = "example.com/app:1.0"
            livenessProbe = {
              grpc = { port = 15021 } # want "^warning: livenessProbe of container \"app\" targets port 15021"
            }
          }]
        }
      }
    }
  }
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
