variable "ssh_port_name" {
  type    = string
  default = "ssh" # want-value "port ssh:22"
}

variable "own_protocol" {
  type = string
}

locals {
  mysql_image = "container-registry.oracle.com/mysql/mysql-server:8.0"
}

resource "kubernetes_stateful_set" "mysql" {
  metadata {
    name = "mysql"
  }
  spec {
    service_name = "mysql"
    template {
      metadata {
        labels = { app = "mysql" }
      }
      spec {
        container {
          name  = "server"
          image = local.mysql_image
          port {
            container_port = 3306
          }
        }
      }
    }
  }
}

# The port number of the Service counts for Istio's own list, not the target port.
resource "kubernetes_service" "mysql" {
  metadata {
    name = "mysql"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name        = "db" # want "^warning: port db:3307 .*image mysql-server"
      port        = 3307
      target_port = 3306
    }
  }
}

# Without a workload in the input the number remains.
resource "kubernetes_service" "git" {
  metadata {
    name = "git"
  }
  spec {
    selector = { app = "git" }
    port {
      name = var.ssh_port_name # want "^note: port ssh:22 carries SSH .*both sides send at once"
      port = 22
    }
    # What is missing is reported at the port.
    port { # want "^warning: port 143 .*IMAP"
      port = 143
    }
  }
}

module "mongo" {
  source   = "./modules/mongo"
  for_each = toset(["one", "two"])
  name     = "mongo-${each.key}"
}

# clean: declared as TCP
resource "kubernetes_service" "declared" {
  metadata {
    name = "declared"
  }
  spec {
    selector = { app = "mysql" }
    port {
      name        = "tcp-db"
      port        = 3307
      target_port = 3306
    }
    port {
      name         = "ssh"
      port         = 22
      app_protocol = "tcp"
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
      name         = "db"
      port         = 3308
      target_port  = 3306
      app_protocol = var.own_protocol # undecided "var.own_protocol has no value"
    }
  }
}
