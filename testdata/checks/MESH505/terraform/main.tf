variable "host_port" {
  type    = number
  default = 15021 # want-value "takes port 15021"
}

variable "own_host_port" {
  type = number
}

locals {
  admin = 15000 # want-value "takes port 15000"
}

resource "kubernetes_daemonset" "web" {
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
            container_port = 8080
            host_port      = var.host_port # want "^note: container \"app\" of DaemonSet \"web\" takes port 15021 of its nodes"
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
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
          port {
            container_port = 8080
            host_port      = 15090 # want "takes port 15090"
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
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
            host_port      = local.admin # want "takes port 15000"
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "dynamic" {
  metadata {
    name = "dynamic"
  }
  spec {
    template {
      metadata {
        labels = { app = "dynamic" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          dynamic "port" {
            for_each = [15006, 8443]
            content {
              container_port = 8080
              host_port      = port.value # want "takes port 15006"
            }
          }
        }
      }
    }
  }
}

module "agents" {
  source   = "./modules/agent"
  for_each = { hbone = 15008, tls = 8443 }
  port     = each.value
  name     = each.key
}

# clean: UDP is another port
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
            container_port = 8080
            host_port      = 15021
            protocol       = "UDP"
          }
        }
      }
    }
  }
}

# clean: the pods are not in the mesh
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
        container {
          name  = "app"
          image = "example.com/app:1.0"
          port {
            container_port = 8080
            host_port      = 15021
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
            container_port = 8080
            host_port      = var.own_host_port # undecided "var.own_host_port has no value"
          }
        }
      }
    }
  }
}
