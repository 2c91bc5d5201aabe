variable "labels" {
  type = map(string)
  default = { # want-value "the pods of StatefulSet \"cache\""
    version = "v1"
  }
}

variable "app" {
  type = string
}

locals {
  empty = ""
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { # want "^warning: the pods of Deployment \"web\" have no label app, app.kubernetes.io/name or service.istio.io/canonical-name"
          version = "v1"
        }
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

# Without any labels it is the block in which they would stand.
resource "kubernetes_deployment" "bare" {
  metadata {
    name = "bare"
  }
  spec {
    template {
      metadata { # want "^warning: the pods of Deployment \"bare\""
        annotations = { team = "shop" }
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = var.labels # want "^warning: the pods of StatefulSet \"cache\""
      }
      spec {
        container {
          name  = "cache"
          image = "example.com/cache:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment_v1" "empty" {
  metadata {
    name = "empty"
  }
  spec {
    template {
      metadata {
        labels = {
          version = "v1"
          app     = local.empty # want "^warning: label app of the pods of Deployment \"empty\" is empty"
        }
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

module "team" {
  source   = "./modules/team"
  for_each = { red = {}, blue = { app = "blue" } }
  name     = each.key
  labels   = each.value
}

# clean: app.kubernetes.io/name names it
resource "kubernetes_deployment" "named" {
  metadata {
    name = "named"
  }
  spec {
    template {
      metadata {
        labels = merge(var.labels, { "app.kubernetes.io/name" = "named" })
      }
      spec {
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

# It is not known whether the label is empty; the others of the map are known.
resource "kubernetes_pod" "open" {
  metadata {
    name   = "open"
    labels = merge({ version = "v1" }, { app = var.app }) # undecided "var.app has no value"
  }
  spec {
    container {
      name  = "web"
      image = "example.com/web:1.0"
    }
  }
}
