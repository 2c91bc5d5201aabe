variable "postgres" {
  type = object({ port_name = string })
  default = {
    port_name = "http-pg" # want-value "port http-pg:5432"
  }
}

variable "own_name" {
  type = string
}

locals {
  images = {
    redis    = "bitnami/redis:7.4"
    postgres = "postgres:16"
  }
  protocols = ["http", "grpc"]
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
          port {
            container_port = each.key == "redis" ? 6379 : 5432
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "redis" {
  metadata {
    name = "redis"
  }
  spec {
    selector = { app = "redis" }
    port {
      name = "http-redis" # want "^error: port http-redis:6379 is declared as HTTP, but carries Redis .image redis."
      port = 6379
    }
  }
}

resource "kubernetes_service" "postgres" {
  metadata {
    name = "postgres"
  }
  spec {
    selector = { app = "postgres" }
    port {
      name = var.postgres.port_name # want "^error: port http-pg:5432 is declared as HTTP"
      port = 5432
    }
  }
}

# The number without the image is a warning; app_protocol is what one edits.
resource "kubernetes_service" "elsewhere" {
  metadata {
    name = "elsewhere"
  }
  spec {
    selector = { app = "elsewhere" }
    port {
      name         = "tcp-data"
      port         = 9042
      app_protocol = "http" # want "^warning: port tcp-data:9042 is declared as HTTP, but carries Cassandra"
    }
  }
}

module "ldap" {
  source   = "./modules/ldap"
  count    = length(local.protocols)
  protocol = local.protocols[count.index]
}

# clean: declared as TCP
resource "kubernetes_service" "declared" {
  metadata {
    name = "declared"
  }
  spec {
    selector = { app = "postgres" }
    port {
      name = "tcp-db"
      port = 5432
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "postgres" }
    port {
      name        = var.own_name # undecided "var.own_name has no value"
      port        = 80
      target_port = 5432
    }
  }
}
