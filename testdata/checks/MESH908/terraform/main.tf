variable "port" {
  type = number
}

locals {
  apps = toset(["web", "api"])
}

resource "kubernetes_pod" "app" {
  for_each = toset(["web", "api", "open", "clean"])
  metadata {
    name      = each.key
    namespace = "shop"
    labels    = { app = each.key, "sidecar.istio.io/inject" = "true" }
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
    policy_types = ["Egress"]
    egress { # want "^warning: NetworkPolicy \"web\" does not let the sidecars of Pod \"web\" reach istiod" "NetworkPolicy \"api\""
      to {
        pod_selector {}
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
    policy_types = ["Egress"]
    egress {
      ports {
        port = var.port # undecided "var.port has no value"
      }
    }
  }
}

# clean: 15012 to the namespace of istiod
resource "kubernetes_network_policy" "clean" {
  metadata {
    name      = "clean"
    namespace = "shop"
  }
  spec {
    pod_selector {
      match_labels = { app = "clean" }
    }
    policy_types = ["Egress"]
    egress {
      ports {
        port = 15012
      }
      to {
        namespace_selector {
          match_labels = { "kubernetes.io/metadata.name" = "istio-system" }
        }
      }
    }
  }
}
