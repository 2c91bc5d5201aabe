variable "db" {
  type = object({ port = number })
  default = {
    port = 3306 # want-value "port tcp-mysql:3306 of Service"
  }
}

variable "mode" {
  type = string
}

locals {
  kinds = ["NodePort", "LoadBalancer"]
}

resource "kubernetes_pod" "mysql" {
  metadata {
    name   = "mysql"
    labels = { app = "mysql" }
  }
  spec {
    container {
      name  = "server"
      image = "mysql:8.4"
      port {
        container_port = 3306
      }
    }
  }
}

resource "kubernetes_service" "mysql" {
  for_each = toset(local.kinds)
  metadata {
    name = lower(each.key)
  }
  spec {
    type     = each.key
    selector = { app = "mysql" }
    port {
      name = "tcp-mysql"
      port = var.db.port # want "^warning: port tcp-mysql:3306 of Service \"nodeport\"" "^warning: port tcp-mysql:3306 of Service \"loadbalancer\""
    }
  }
}

module "mail" {
  source = "./modules/mail"
  port   = 25
}

# clean: all clients that can be seen are in the mesh
resource "kubernetes_service" "inside" {
  metadata {
    name = "inside"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name = "tcp-mysql"
      port = 3306
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    type     = var.mode # undecided "var.mode has no value"
    selector = { app = "mysql" }
    port {
      name = "tcp-mysql"
      port = 3306
    }
  }
}
