variable "port" {
  type    = string
  default = "8080" # want-value "of Deployment \"web\" is 8080"
}

variable "own_port" {
  type = string
}

variable "own_number" {
  type = number
}

locals {
  off = "0" # want-value "is 0"
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
          "status.sidecar.istio.io/port" = var.port # want "^error: annotation status.sidecar.istio.io/port of Deployment \"web\" is 8080, on which container \"app\" listens too"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    service_name = "literal"
    template {
      metadata {
        labels = { app = "literal" }
        annotations = {
          "status.sidecar.istio.io/port" = "8080" # want "of StatefulSet \"literal\" is 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "local" {
  metadata {
    name = "local"
  }
  spec {
    template {
      metadata {
        labels = { app = "local" }
        annotations = {
          "status.sidecar.istio.io/port" = local.off # want "is 0, and the injector makes the livenessProbe"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          liveness_probe {
            tcp_socket {
              port = 8080
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = { taken = "8080", free = "15120" }
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
        annotations = {
          "status.sidecar.istio.io/port" = each.value # want "of Deployment \"taken\" is 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

module "moved" {
  source = "./modules/moved"
  count  = 2
  port   = [8080, 15120][count.index]
}

# clean: switched off, without a probe
resource "kubernetes_deployment" "off" {
  metadata {
    name = "off"
  }
  spec {
    template {
      metadata {
        labels = { app = "off" }
        annotations = {
          "status.sidecar.istio.io/port" = "0"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
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
        annotations = {
          "status.sidecar.istio.io/port" = var.own_port # undecided "var.own_port has no value"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_number" {
  metadata {
    name = "number"
  }
  spec {
    template {
      metadata {
        labels = { app = "number" }
        annotations = {
          "status.sidecar.istio.io/port" = "9000"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = var.own_number # undecided "var.own_number has no value"
          }
        }
      }
    }
  }
}
