variable "port_name" {
  type    = string
  default = "redis" # want-value "Service cache"
}

variable "own_name" {
  type = string
}

locals {
  mysql = "mysql" # want-value "Service orders"
}

resource "kubernetes_service" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    port {
      name = var.port_name # want "^note: port redis:6379 of Service cache is declared as Redis"
      port = 6379
    }
  }
}

resource "kubernetes_service" "orders" {
  metadata {
    name = "orders"
  }
  spec {
    port {
      name = local.mysql # want "Service orders is declared as MySQL"
      port = 3306
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    port {
      name = "redis" # want "Service one" "Service two"
      port = 6379
    }
  }
}

module "store" { # want-module "Service store"
  source = "./modules/store"
  name   = "redis-store" # want-value "Service store"
}

resource "kubernetes_manifest" "outside" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "outside", namespace = "default" }
    spec = {
      hosts = ["db.example.com"]
      ports = [{
        number   = 3306
        name     = "db"
        protocol = "MySQL" # want "ServiceEntry outside is declared as MySQL"
      }]
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    port {
      name = var.own_name # undecided "var.own_name has no value"
      port = 6379
    }
  }
}

# clean: TCP
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    port {
      name = "tcp-redis"
      port = 6379
    }
  }
}
