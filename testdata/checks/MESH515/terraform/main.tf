variable "scheme" {
  type    = string
  default = "https" # want-value "annotation prometheus.io/scheme is \"https\""
}

variable "unknown" {
  type = string
}

locals {
  schemes = { given = var.scheme, clean = "http" }
}

# clean is read without TLS
resource "kubernetes_deployment_v1" "app" {
  for_each = local.schemes
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        annotations = {
          "prometheus.io/scrape" = "true"
          "prometheus.io/port"   = "9090"
          "prometheus.io/scheme" = each.value # want "^warning: annotation prometheus.io/scheme is \"https\""
        }
      }
      spec {
        container {
          name  = "app"
          image = "app"
        }
      }
    }
  }
}

resource "kubernetes_pod_v1" "open" {
  metadata {
    name = "open"
    annotations = {
      "prometheus.io/scrape" = "true"
      "prometheus.io/port"   = var.unknown # undecided "var.unknown has no value"
    }
  }
  spec {
    container {
      name  = "app"
      image = "app"
    }
  }
}

module "app" { # want-module "asks for those of the application at port 80"
  source = "./modules/app"
  name   = "module"
}
