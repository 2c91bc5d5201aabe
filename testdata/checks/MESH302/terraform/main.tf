variable "labels" {
  type = map(string)
  default = { # want-value "the pods of StatefulSet \"cache\""
    app = "x"
  }
}

variable "release" {
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
        labels = { # want "^note: the pods of Deployment \"web\" have no label version, app.kubernetes.io/version or service.istio.io/canonical-revision"
          app = "x"
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
      metadata { # want "^note: the pods of Deployment \"bare\""
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
        labels = var.labels # want "^note: the pods of StatefulSet \"cache\""
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
          app     = "x"
          version = local.empty # want "^note: label version of the pods of Deployment \"empty\" is empty"
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
  for_each = { red = {}, blue = { version = "v2" } }
  name     = each.key
  labels   = each.value
}

# clean: app.kubernetes.io/version names it
resource "kubernetes_deployment" "named" {
  metadata {
    name = "named"
  }
  spec {
    template {
      metadata {
        labels = merge(var.labels, { "app.kubernetes.io/version" = "1.0" })
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
    labels = merge({ app = "x" }, { version = var.release }) # undecided "var.release has no value"
  }
  spec {
    container {
      name  = "web"
      image = "example.com/web:1.0"
    }
  }
}
