variable "port" {
  type    = number
  default = 15020 # want-value "Deployment \"web\" listens on port 15020"
}

variable "listeners" {
  type = set(number)
}

variable "own_template" {
  type = string
}

variable "own_port" {
  type = number
}

locals {
  ports = {
    admin = 15000 # want-value "StatefulSet \"cache\" listens on port 15000"
    http  = 8080
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
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            name           = "http"
            container_port = var.port # want "^error: container \"app\" of Deployment \"web\" listens on port 15020, which the sidecar uses for merged Prometheus telemetry"
          }
        }
        # An init container is gone before the application runs.
        init_container {
          name  = "setup"
          image = "example.com/setup:1.0"
          port {
            container_port = 15021 # want "^note: container \"setup\""
          }
        }
      }
    }
  }
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
        container {
          name  = "app"
          image = "example.com/app:1.0"
          dynamic "port" {
            for_each = local.ports
            content {
              name           = port.key
              container_port = port.value # want "^error: .*StatefulSet \"cache\" listens on port 15000"
            }
          }
        }
      }
    }
  }
}

module "listener" {
  source   = "./modules/listener"
  for_each = var.listeners
  port     = each.value
}

# clean: no proxy listens there for UDP, and 15010 is istiod's
resource "kubernetes_deployment" "udp" {
  metadata {
    name = "udp"
  }
  spec {
    template {
      metadata {
        labels = { app = "udp" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 15001
            protocol       = "UDP"
          }
          port {
            container_port = 15010
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
          port {
            container_port = var.own_port # undecided "var.own_port has no value"
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_template" {
  metadata {
    name = "open-template"
  }
  spec {
    template {
      metadata {
        labels      = { app = "open-template" }
        annotations = { "inject.istio.io/templates" = var.own_template } # undecided "var.own_template has no value"
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 15001
          }
        }
      }
    }
  }
}

# clean: without Envoy, since the application speaks xDS itself
resource "kubernetes_deployment" "proxyless" {
  metadata {
    name = "proxyless"
  }
  spec {
    template {
      metadata {
        labels      = { app = "proxyless" }
        annotations = { "inject.istio.io/templates" = "grpc-agent" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 15001
          }
        }
      }
    }
  }
}
