variable "api" {
  type = object({ port_name = string })
  default = {
    port_name = "http-api" # want-value "port http-api:443"
  }
}

variable "own_name" {
  type = string
}

locals {
  names = ["http-one", "grpc-two"]
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector = { app = "api" }
    port {
      name        = var.api.port_name # want "^warning: port http-api:443 of Service \"api\" is declared as HTTP, but its target is port 8443"
      port        = 443
      target_port = 8443
    }
    dynamic "port" {
      for_each = local.names
      content {
        name        = port.value # want "^warning: port http-one:1443" "^warning: port grpc-two:1444"
        port        = 1443 + port.key
        target_port = 9443
      }
    }
  }
}

module "web" {
  source = "./modules/web"
  name   = "http"
}

# clean: declared as TLS
resource "kubernetes_service" "declared" {
  metadata {
    name = "declared"
  }
  spec {
    selector = { app = "api" }
    port {
      name        = "https"
      port        = 443
      target_port = 8443
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "api" }
    port {
      name        = var.own_name # undecided "var.own_name has no value"
      port        = 443
      target_port = 8443
    }
  }
}
