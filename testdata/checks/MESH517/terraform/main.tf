variable "type" {
  type    = string
  default = "LoadBalancer" # want-value "type LoadBalancer of Service \"given\""
}

variable "unknown" {
  type = string
}

locals {
  types = { given = var.type, open = var.unknown, clean = "ClusterIP" }
}

resource "kubernetes_manifest" "mtls" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "default" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

resource "kubernetes_deployment_v1" "app" {
  for_each = local.types
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
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

# clean is of a type that lets nobody in
resource "kubernetes_service_v1" "app" {
  for_each = local.types
  metadata {
    name = each.key
  }
  spec {
    # undecided +1 "var.unknown has no value"
    type     = each.value # want "^warning: type LoadBalancer of Service \"given\" lets in clients"
    selector = { app = each.key }
    dynamic "port" {
      for_each = [80, 81]
      content {
        name = "p${port.value}"
        port = port.value
      }
    }
  }
}

resource "kubernetes_ingress_v1" "app" {
  metadata {
    name = "app"
  }
  spec {
    ingress_class_name = "alb"
    default_backend {
      service {
        name = "clean" # want "^warning: Ingress \"app\" leads to port 80 of Deployment \"clean\" through the controller of class \"alb\""
        port {
          number = 80
        }
      }
    }
  }
}

module "open" { # want-module "type NodePort of Service \"module\""
  source = "./modules/open"
  name   = "module"
}
