variable "annotations" {
  type = map(string)
  default = {
    "sidecar.istio.io/inject" = "true" # want-value "the pods of StatefulSet \"cache\""
  }
}

variable "own_injection" {
  type = string
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
  }
}

resource "kubernetes_namespace" "mesh" {
  metadata {
    name   = "mesh"
    labels = { istio-injection = "enabled" }
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
        annotations = {
          "sidecar.istio.io/inject" = "true" # want "^warning: annotation sidecar.istio.io/inject: \"true\" of the pods of Deployment \"web\" injects nothing: namespace \"shop\" has no injection label, and Istio's webhook looks only at labels"
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
    name      = "cache"
    namespace = kubernetes_namespace.shop.id
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels      = { app = "cache" }
        annotations = var.annotations # want "^warning: .* the pods of StatefulSet \"cache\""
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

module "team" {
  source    = "./modules/team"
  for_each  = toset(["red", "blue"])
  name      = each.key
  namespace = kubernetes_namespace.shop.metadata[0].name
}

# clean: the namespace is labelled
resource "kubernetes_deployment" "in" {
  metadata {
    name      = "in"
    namespace = kubernetes_namespace.mesh.metadata[0].name
  }
  spec {
    template {
      metadata {
        labels      = { app = "in" }
        annotations = var.annotations
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

resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = { istio-injection = var.own_injection } # undecided "var.own_injection has no value"
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name      = "open"
    namespace = kubernetes_namespace.open.metadata[0].name
  }
  spec {
    template {
      metadata {
        labels      = { app = "open" }
        annotations = { "sidecar.istio.io/inject" = "true" }
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
