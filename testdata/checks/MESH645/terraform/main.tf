variable "script" {
  type    = string
  default = "curl -sf http://config/ > /etc/app.json && exec web" # want-value "^note: container \"web\" uses the network \\(curl\\)"
}

variable "config" {
  type = string
}

locals {
  migrate = ["psql", "-h", "db", "-f", "/all.sql"] # want-value "^note: container \"migrate\" uses the network \\(psql\\)"
}

resource "kubernetes_deployment_v1" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name    = "web"
          image   = "web:1.0"
          command = ["sh", "-c", var.script] # want "^note: container \"web\" uses the network \\(curl\\)"
        }
        container {
          name    = "migrate"
          image   = "web:1.0"
          command = local.migrate # want "^note: container \"migrate\" uses the network \\(psql\\)"
        }
        container {
          name    = "literal"
          image   = "web:1.0"
          command = ["wget", "http://site/"] # want "^note: container \"literal\" uses the network \\(wget\\)"
        }
      }
    }
  }
}

module "web" {
  source   = "./modules/web"
  for_each = toset(["one", "two"])
  name     = each.key
}

# clean: the application waits for its proxy
resource "kubernetes_pod_v1" "held" {
  metadata {
    name        = "held"
    annotations = { "proxy.istio.io/config" = jsonencode({ holdApplicationUntilProxyStarts = true }) }
  }
  spec {
    container {
      name    = "web"
      image   = "web:1.0"
      command = ["sh", "-c", var.script]
    }
  }
}

resource "kubernetes_pod_v1" "open" {
  metadata {
    name        = "open"
    annotations = { "proxy.istio.io/config" = var.config } # undecided "var.config has no value"
  }
  spec {
    container {
      name    = "web"
      image   = "web:1.0"
      command = ["sh", "-c", var.script]
    }
  }
}
