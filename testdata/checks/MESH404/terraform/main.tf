variable "inject" {
  type    = string
  default = "false"
}

variable "own_inject" {
  type = string
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
          "sidecar.istio.io/inject" = "false" # want "^note: annotation sidecar.istio.io/inject: \"false\" of the pods of Deployment \"web\" is deprecated; Istio reads the label of the same name first"
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

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels      = { app = "cache" }
        annotations = local.annotations # want "^note: .* the pods of StatefulSet \"cache\""
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

locals {
  annotations = merge({ team = "shop" }, { "sidecar.istio.io/inject" = var.inject }) # want-value "the pods of StatefulSet \"cache\""
}

# The annotation comes by a resource of its own.
resource "kubernetes_deployment" "patched" {
  metadata {
    name = "patched"
  }
  spec {
    template {
      metadata {
        labels = { app = "patched" }
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

resource "kubernetes_annotations" "patched" {
  api_version = "apps/v1"
  kind        = "Deployment"
  metadata {
    name = kubernetes_deployment.patched.metadata[0].name
  }
  template_annotations = {
    "sidecar.istio.io/inject" = "true" # want "^note: .* the pods of Deployment \"patched\""
  }
}

module "team" {
  source   = "./modules/team"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: the label says the same
resource "kubernetes_deployment" "both" {
  metadata {
    name = "both"
  }
  spec {
    template {
      metadata {
        labels      = { app = "both", "sidecar.istio.io/inject" = "false" }
        annotations = { "sidecar.istio.io/inject" = "false" }
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
        labels      = { app = "open" }
        annotations = { "sidecar.istio.io/inject" = var.own_inject } # undecided "var.own_inject has no value"
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
