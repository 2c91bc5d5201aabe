variable "rpc" {
  type = object({ port_name = string })
  default = {
    port_name = "grpc-rpc" # want-value "port grpc-rpc:5001"
  }
}

variable "own_name" {
  type = string
}

locals {
  ports = {
    tcp-raw = 5002
  }
}

resource "kubernetes_deployment" "model" {
  metadata {
    name = "model"
  }
  spec {
    template {
      metadata {
        labels = { app = "model" }
      }
      spec {
        container {
          name  = "model"
          image = "example.com/model:1.0"
          port {
            container_port = 9000
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "model" {
  metadata {
    name = "model"
  }
  spec {
    selector = { app = "model" }
    port {
      name        = "http"
      port        = 8000
      target_port = 9000
    }
    port {
      name        = var.rpc.port_name # want "^error: port grpc-rpc:5001 of Service \"model\" targets container port 9000 of Deployment \"model\" as GRPC"
      port        = 5001
      target_port = 9000
    }
    dynamic "port" {
      for_each = local.ports
      content {
        name        = port.key # want "^warning: port tcp-raw:5002 "
        port        = port.value
        target_port = 9000
      }
    }
    port {
      name        = var.own_name # undecided "var.own_name has no value"
      port        = 8001
      target_port = 9000
    }
  }
}

module "server" {
  source       = "./modules/server"
  app_protocol = "https" # want-value "port secure:443"
}

# clean: equal protocols, and a port for each
resource "kubernetes_service" "equal" {
  metadata {
    name = "equal"
  }
  spec {
    selector = { app = "model" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
    port {
      name        = "http-alt"
      port        = 8080
      target_port = 8080
    }
    port {
      name        = "grpc"
      port        = 81
      target_port = 8081
    }
  }
}
