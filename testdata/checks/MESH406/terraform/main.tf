variable "inject" {
  type    = bool
  default = false
}

variable "own_labels" {
  type = map(string)
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
    annotations = {
      "sidecar.istio.io/inject" = "false" # want "^warning: annotation sidecar.istio.io/inject: \"false\" is on the metadata of Deployment \"web\", where Istio ignores it"
    }
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
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
    labels = {
      "sidecar.istio.io/inject" = var.inject # want "^warning: label sidecar.istio.io/inject: \"false\" is on the metadata of StatefulSet \"cache\""
    }
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
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

resource "kubernetes_service" "web" {
  metadata {
    name   = "web"
    labels = local.injected # want "on the metadata of Service \"web\""
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}

locals {
  injected = {
    "sidecar.istio.io/inject" = "true" # want-value "Service \"web\""
  }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
  }
}

resource "kubernetes_labels" "shop" {
  api_version = "v1"
  kind        = "Namespace"
  metadata {
    name = "shop"
  }
  labels = {
    "sidecar.istio.io/inject" = "true" # want "on the metadata of Namespace \"shop\""
  }
}

module "team" {
  source   = "./modules/team"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: the pods have it
resource "kubernetes_deployment" "right" {
  metadata {
    name = "right"
  }
  spec {
    template {
      metadata {
        labels = { app = "right", "sidecar.istio.io/inject" = "false" }
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
    name   = "open"
    labels = { "sidecar.istio.io/inject" = "false" }
  }
  spec {
    template {
      metadata {
        labels = var.own_labels # undecided "var.own_labels has no value"
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
