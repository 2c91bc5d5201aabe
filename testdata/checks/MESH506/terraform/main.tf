variable "port" {
  type    = number
  default = 15000 # want-value "PORT of container"
}

variable "own_port" {
  type = number
}

variable "own_args" {
  type = list(string)
}

variable "own_env" {
  type = map(string)
}

variable "own_flag" {
  type = string
}

variable "own_name" {
  type = string
}

locals {
  listen = ":15006" # want-value "--listen"
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          env {
            name  = "PORT"
            value = var.port # want "^note: PORT of container \"app\" of Deployment \"web\" is port 15000"
          }
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    service_name = "literal"
    template {
      metadata {
        labels = { app = "literal" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--port=15001"] # want "--port of container \"app\" of StatefulSet \"literal\" is port 15001"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "local" {
  metadata {
    name = "local"
  }
  spec {
    template {
      metadata {
        labels = { app = "local" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          command = ["serve"]
          args    = ["--listen", local.listen] # want "--listen .* is port 15006"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "address" {
  metadata {
    name = "address"
  }
  spec {
    template {
      metadata {
        labels = { app = "address" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--health-addr=:15021"] # want "--health-addr .* is port 15021"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_address" {
  metadata {
    name = "open-address"
  }
  spec {
    template {
      metadata {
        labels = { app = "open-address" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--metrics-addr=:${var.own_port}"] # undecided "var.own_port has no value"
        }
      }
    }
  }
}

# clean: nobody listens on a name
resource "kubernetes_deployment" "dials" {
  metadata {
    name = "dials"
  }
  spec {
    template {
      metadata {
        labels = { app = "dials" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--metrics-addr=db:${var.own_port}"]
        }
      }
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = { admin = 15090, tls = 8443 }
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
          name  = "app"
          image = "example.com/app:1.0"
          env {
            name  = "HTTP_PORT"
            value = each.value # want "of Deployment \"admin\" is port 15090"
          }
        }
      }
    }
  }
}

module "servers" {
  source = "./modules/server"
  count  = 2
  port   = [15020, 8080][count.index]
}

# clean: a port of another machine
resource "kubernetes_deployment" "client" {
  metadata {
    name = "client"
  }
  spec {
    template {
      metadata {
        labels = { app = "client" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          env {
            name  = "DB_HOST"
            value = "db.example.com"
          }
          env {
            name  = "DB_PORT"
            value = "15001"
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name = "open"
  }
  spec {
    template {
      metadata {
        labels = { app = "open" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          env {
            name  = "PORT"
            value = var.own_port # undecided "var.own_port has no value"
          }
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_flag" {
  metadata {
    name = "apart"
  }
  spec {
    template {
      metadata {
        labels = { app = "apart" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--port", var.own_port] # undecided "var.own_port has no value"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_joined" {
  metadata {
    name = "joined"
  }
  spec {
    template {
      metadata {
        labels = { app = "joined" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = ["--name=x", "--port=${var.own_port}"] # undecided "var.own_port has no value"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_list" {
  metadata {
    name = "list"
  }
  spec {
    template {
      metadata {
        labels = { app = "list" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          args = var.own_args # undecided "var.own_args has no value"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_word" {
  metadata {
    name = "word"
  }
  spec {
    template {
      metadata {
        labels = { app = "word" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          command = ["serve", var.own_flag, "--name", var.own_name] # undecided "var.own_flag has no value"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open_env" {
  metadata {
    name = "env"
  }
  spec {
    template {
      metadata {
        labels = { app = "env" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
          dynamic "env" { # undecided "var.own_env has no value"
            for_each = var.own_env
            content {
              name  = env.key
              value = env.value
            }
          }
        }
      }
    }
  }
}
