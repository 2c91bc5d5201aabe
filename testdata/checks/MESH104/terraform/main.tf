variable "port_name" {
  type        = string
  description = "Name of the port of the shop."
  default     = "web" # want-value "port name \"web\""
}

variable "ports" {
  type = map(object({
    port         = number
    app_protocol = optional(string)
  }))
}

variable "api_name" {
  type = string
}

locals {
  sidecars = [
    { name = "status", port = 9200 }, # want-value "port name \"status\""
    { name = "http-stats", port = 9201 },
  ]
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name = var.port_name # want "^note: port name \"web\" of Service \"web\" declares no protocol"
      port = 80
    }
    port {
      name = "front" # want "^note: port name \"front\" of Service \"web\""
      port = 81
    }
    dynamic "port" {
      for_each = var.ports
      content {
        name         = port.key # want "port name \"metrics\"" "port name \"admin\""
        port         = port.value.port
        app_protocol = port.value.app_protocol
      }
    }
  }
}

resource "kubernetes_service_v1" "sidecars" {
  metadata {
    name = "sidecars"
  }
  spec {
    dynamic "port" {
      for_each = local.sidecars
      iterator = sidecar
      content {
        name = sidecar.value.name # want "port name \"status\" of Service \"sidecars\""
        port = sidecar.value["port"]
      }
    }
  }
}

# A module that another one calls.
module "library" { # want-module "port name \"kit\" of Service \"lib\""
  source    = "./modules/library"
  port_name = "kit" # want-value "port name \"kit\" of Service \"lib\""
}

# clean: these names say the protocol, and UDP is not proxied
resource "kubernetes_service" "named" {
  metadata {
    name = "named"
  }
  spec {
    port {
      name = "http"
      port = 80
    }
    port {
      name = "grpc-api"
      port = 81
    }
    port {
      name     = "dns"
      port     = 53
      protocol = "UDP"
    }
    # clean: appProtocol is read, and the name is not
    port {
      name         = "web"
      port         = 85
      app_protocol = "http"
    }
    # clean: Istio takes this number for TCP
    port {
      name = "db"
      port = 3306
    }
  }
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    port {
      name = var.api_name # undecided "var.api_name has no value"
      port = 80
    }
  }
}
