variable "api" {
  type = object({ port_name = string })
  default = {
    port_name = "http-api" # want-value "port http-api:9443"
  }
}

variable "own_name" {
  type = string
}

resource "kubernetes_deployment" "api" {
  metadata {
    name = "api"
  }
  spec {
    template {
      metadata {
        labels = { app = "api" }
      }
      spec {
        container {
          name  = "api"
          image = "example.com/api:1.0"
          readiness_probe {
            http_get {
              path   = "/ready"
              port   = 9443
              scheme = "HTTPS"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector = { app = "api" }
    port {
      name = var.api.port_name # want "^error: port http-api:9443 of Service \"api\" is declared as HTTP, but the readinessProbe speaks TLS"
      port = 9443
    }
    dynamic "port" {
      for_each = local.names
      content {
        name        = port.value # want "^error: port http-one:8001" "^error: port http-two:8002"
        port        = 8001 + port.key
        target_port = 9443
      }
    }
  }
}

locals {
  names = ["http-one", "http-two"]
}

module "hook" {
  source   = "./modules/hook"
  protocol = "http"
}

# clean: declared as what it speaks
resource "kubernetes_service" "declared" {
  metadata {
    name = "declared"
  }
  spec {
    selector = { app = "api" }
    port {
      name = "https-api"
      port = 9443
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "api" }
    port {
      name = var.own_name # undecided "var.own_name has no value"
      port = 9443
    }
  }
}
