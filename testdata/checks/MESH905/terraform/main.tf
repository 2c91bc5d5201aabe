variable "port" {
  type = number
}

locals {
  apps = toset(["web", "api"])
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name   = "shop"
    labels = { "istio.io/dataplane-mode" = "ambient" }
  }
}

resource "kubernetes_pod" "app" {
  for_each = toset(["web", "api", "open", "clean"])
  metadata {
    name      = each.key
    namespace = "shop"
    labels    = { app = each.key }
  }
  spec {
    container {
      name  = "app"
      image = "example.com/app:1.0"
    }
  }
}

resource "kubernetes_network_policy" "app" {
  for_each = local.apps
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    pod_selector {
      match_labels = { app = each.key }
    }
    policy_types = ["Ingress"]
    ingress {
      ports { # want "^warning: NetworkPolicy \"web\" lets ports into the ambient pods of Pod \"web\", but not 15008" "NetworkPolicy \"api\" lets"
        port = 8080
      }
    }
  }
}

resource "kubernetes_network_policy" "open" {
  metadata {
    name      = "open"
    namespace = "shop"
  }
  spec {
    pod_selector {
      match_labels = { app = "open" }
    }
    policy_types = ["Ingress"]
    ingress {
      ports {
        port = var.port # undecided "var.port has no value"
      }
    }
  }
}

# clean: 15008 is let in
resource "kubernetes_network_policy" "clean" {
  metadata {
    name      = "clean"
    namespace = "shop"
  }
  spec {
    pod_selector {
      match_labels = { app = "clean" }
    }
    policy_types = ["Ingress"]
    ingress {
      ports {
        port = 15008
      }
    }
  }
}
