variable "target_port" {
  type    = string
  default = "15001" # want-value "Service \"web\" targets port 15001"
}

variable "own_target_port" {
  type = string
}

locals {
  ports = [
    { name = "tcp", port = 80, target = 15006 }, # want-value "Service \"cache\" targets port 15006"
    { name = "http", port = 81, target = 8080 },
  ]
}

resource "kubernetes_deployment" "this" {
  for_each = toset(["web", "cache", "bare", "listed"])
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
          image = "example.com/app:1.0"
          dynamic "port" {
            for_each = each.key == "listed" ? [15020] : []
            content {
              container_port = port.value
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = kubernetes_deployment.this["web"].spec[0].template[0].metadata[0].labels
    port {
      name        = "http"
      port        = 80
      target_port = var.target_port # want "^error: port http:80 of Service \"web\" targets port 15001 of Deployment \"web\", which the sidecar uses for outbound traffic"
    }
  }
}

resource "kubernetes_service" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    selector = { app = "cache" }
    dynamic "port" {
      for_each = local.ports
      content {
        name        = port.value.name
        port        = port.value.port
        target_port = port.value.target # want "^error: port tcp:80 of Service \"cache\" targets port 15006"
      }
    }
  }
}

# Without a target port it is the port.
resource "kubernetes_service_v1" "bare" {
  metadata {
    name = "bare"
  }
  spec {
    selector = { app = "bare" }
    port {
      name = "http"
      port = 15090 # want "^error: port http:15090 of Service \"bare\" targets port 15090"
    }
  }
}

module "metrics" {
  source   = "./modules/metrics"
  for_each = { admin = 15000, metrics = 9100 }
  name     = each.key
  target   = each.value
}

# clean: the container port is the place to say it (MESH501)
resource "kubernetes_service" "listed" {
  metadata {
    name = "listed"
  }
  spec {
    selector = { app = "listed" }
    port {
      name        = "http"
      port        = 80
      target_port = "15020"
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = 80
      target_port = var.own_target_port # undecided "var.own_target_port has no value"
    }
  }
}
