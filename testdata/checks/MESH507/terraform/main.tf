variable "port" {
  type    = string
  default = "15090" # want-value "has port 15090"
}

variable "own_port" {
  type = string
}

locals {
  health = "15021" # want-value "has port 15021"
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
        annotations = {
          "prometheus.io/scrape" = "true"
          "prometheus.io/port"   = var.port # want "^warning: annotation prometheus.io/port of Deployment \"web\" has port 15090"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
        annotations = {
          "prometheus.io/port" = "15000" # want "has port 15000"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
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
        annotations = {
          "prometheus.io/port" = local.health # want "has port 15021"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = { inbound = "15006", metrics = "9102" }
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
        annotations = {
          "prometheus.io/port" = each.value # want "of Deployment \"inbound\" has port 15006"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

module "scraped" {
  source = "./modules/scraped"
  count  = 2
  port   = [15008, 9102][count.index]
}

# clean: the metrics are not merged
resource "kubernetes_deployment" "apart" {
  metadata {
    name = "apart"
  }
  spec {
    template {
      metadata {
        labels = { app = "apart" }
        annotations = {
          "prometheus.io/port"                   = "15090"
          "prometheus.istio.io/merge-metrics" = "false"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
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
        annotations = {
          "prometheus.io/port" = var.own_port # undecided "var.own_port has no value"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
