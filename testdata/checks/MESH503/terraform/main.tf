variable "port" {
  type    = number
  default = 15021 # want-value "port 15021 of Service \"web\""
}

variable "own_port" {
  type = number
}

locals {
  services = {
    grpc = 15090 # want-value "Service \"grpc\""
    http = 8080
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = var.port # want "^warning: port 15021 of Service \"web\" is HTTP, and sidecars themselves listen on it: Istio creates no outbound listener for it"
      target_port = 8080
    }
  }
}

# clean is the one on 8080
resource "kubernetes_service" "each" {
  for_each = local.services
  metadata {
    name = each.key
  }
  spec {
    selector = { app = each.key }
    port {
      name        = each.key
      port        = each.value # want "^warning: port 15090 of Service \"grpc\" is GRPC"
      target_port = 8080
    }
  }
}

module "kit" {
  source = "./modules/kit"
  port   = 15006 # want-value "port 15006"
}

# clean: TCP has its listener at the address of the Service
resource "kubernetes_service" "tcp" {
  metadata {
    name = "tcp"
  }
  spec {
    selector = { app = "tcp" }
    port {
      name        = "tcp-data"
      port        = 15021
      target_port = 8080
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "open" }
    port {
      name = "http"
      port = var.own_port # undecided "var.own_port has no value"
    }
  }
}
