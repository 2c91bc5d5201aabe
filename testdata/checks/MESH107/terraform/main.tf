variable "port_name" {
  type    = string
  default = "http-api" # want-value "port name \"http-api\""
}

variable "api_name" {
  type = string
}

locals {
  ports = {
    tls-one = 7000
    tls-two = 7001
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name         = var.port_name # want "^note: port name \"http-api\" of Service \"web\" says HTTP, but Istio uses appProtocol \"https\" and treats it as HTTPS"
      port         = 443
      app_protocol = "https"
    }
    dynamic "port" {
      for_each = local.ports
      content {
        name         = port.key # want "port name \"tls-one\"" "port name \"tls-two\""
        port         = port.value
        app_protocol = "kubernetes.io/h2c"
      }
    }
  }
}

module "kit" {
  source    = "./modules/kit"
  name      = "lib"
  port_name = "mongo-kit" # want-value "says Mongo"
}

resource "kubernetes_service" "even" {
  metadata {
    name = "even"
  }
  spec {
    # clean: one family, HTTP
    port {
      name         = "http"
      port         = 80
      app_protocol = "grpc"
    }
    # clean: the name says nothing
    port {
      name         = "web"
      port         = 82
      app_protocol = "https"
    }
  }
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    port {
      name         = var.api_name # undecided "var.api_name has no value"
      port         = 80
      app_protocol = "https"
    }
  }
}
