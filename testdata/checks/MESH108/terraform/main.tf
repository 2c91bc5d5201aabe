variable "port_name" {
  type = string
}

variable "api_name" {
  type = string
}

locals {
  ports = [
    { name = "grpcone", port = 7000 }, # want-value "did you mean \"grpc-one\""
    { name = "grpc-two", port = 7001 },
  ]
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name = var.port_name # want "^warning: port name \"httpapi\" of Service \"web\" declares no protocol that Istio knows; did you mean \"http-api\""
      port = 80
    }
    dynamic "port" {
      for_each = local.ports
      content {
        name = port.value.name # want "did you mean \"grpc-one\""
        port = port.value.port
      }
    }
    port {
      name = "postgresql" # want "did you mean \"tcp-postgresql\""
      port = 5432
    }
  }
}

module "kit" {
  source = "./modules/kit"
  name   = "mysql"
}

resource "kubernetes_service" "right" {
  metadata {
    name = "right"
  }
  spec {
    # clean: with a hyphen
    port {
      name = "http-api"
      port = 81
    }
    # clean: PostgREST is no PostgreSQL
    port {
      name = "postgrest"
      port = 3000
    }
    # clean: the appProtocol is read
    port {
      name         = "httpapi"
      port         = 86
      app_protocol = "http"
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
