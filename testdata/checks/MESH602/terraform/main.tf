variable "mongo" {
  type = object({ port_name = string })
  default = {
    port_name = "http-mongo" # want-value "port http-mongo:27017"
  }
}

variable "own_name" {
  type = string
}

resource "kubernetes_deployment" "server" {
  for_each = local.images
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "server"
          image = each.value
        }
      }
    }
  }
}

locals {
  images = {
    mysql = "mysql:8.4"
    mongo = "bitnami/mongodb:7.0"
  }
  protocols = ["http", "grpc"]
}

resource "kubernetes_service" "mysql" {
  metadata {
    name = "mysql"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name = "http-db" # want "^error: port http-db:3306 is declared as HTTP, .*image mysql"
      port = 3306
    }
  }
}

resource "kubernetes_service" "mongo" {
  metadata {
    name = "mongo"
  }
  spec {
    selector = { app = "mongo" }
    port {
      name = var.mongo.port_name # want "^error: port http-mongo:27017 is declared as HTTP"
      port = 27017
    }
  }
}

# The number without the image is a warning; app_protocol is what one edits.
resource "kubernetes_service" "login" {
  metadata {
    name = "login"
  }
  spec {
    selector = { app = "login" }
    port {
      name         = "tcp-login"
      port         = 22
      app_protocol = "kubernetes.io/h2c" # want "^warning: port tcp-login:22 is declared as HTTP2"
    }
  }
}

module "imap" {
  source   = "./modules/imap"
  count    = length(local.protocols)
  protocol = local.protocols[count.index]
}

# clean: declared as TCP, and a web interface on a number of its own
resource "kubernetes_service" "declared" {
  metadata {
    name = "declared"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name = "tcp-db"
      port = 3306
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name        = var.own_name # undecided "var.own_name has no value"
      port        = 80
      target_port = 3306
    }
  }
}
