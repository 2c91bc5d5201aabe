variable "ports" {
  type    = list(number)
  default = [7000, 7001]
}

variable "api_name" {
  type = string
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port { # want "^note: port 8080 of Service \"web\" has neither a name nor an appProtocol"
      port = 8080
    }
    dynamic "port" { # want "port 7000 of" "port 7001 of"
      for_each = var.ports
      content {
        port     = port.value
        protocol = "TCP"
      }
    }
    # An empty name is no name.
    port { # want "port 9300 of"
      name = ""
      port = 9300
    }
    # Nor is one that is null.
    port { # want "port 9400 of"
      name = null
      port = 9400
    }
  }
}

module "kit" {
  source = "./modules/kit"
  name   = "lib"
}

resource "kubernetes_service" "named" {
  metadata {
    name = "named"
  }
  spec {
    # clean: a name, even one that says nothing, is MESH104's
    port {
      name = "web"
      port = 80
    }
    # clean: appProtocol says it
    port {
      port         = 81
      app_protocol = "http"
    }
    # clean: Istio takes this number for TCP
    port {
      port = 3306
    }
    # clean: UDP is not proxied
    port {
      port     = 514
      protocol = "UDP"
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
