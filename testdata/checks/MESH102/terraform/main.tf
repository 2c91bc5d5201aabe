variable "tls_protocol" {
  type    = string
  default = "https" # want-value "Deployment \"one\"" "Deployment \"two\""
}

variable "admin_protocol" {
  type = string
}

locals {
  # The ports of the second Service, beside those of the first.
  raw_ports = {
    tcp   = 9080
    mysql = 8080
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
          port {
            name           = "main"
            container_port = 8080
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
    selector = { app = "web" }
    port {
      name = "http"
      port = 9080
    }
    # One container port under its name here and under its number there.
    port {
      name        = "http-main"
      port        = 80
      target_port = "main"
    }
    port {
      name         = "admin"
      port         = 9000
      app_protocol = var.admin_protocol # undecided "var.admin_protocol has no value"
    }
  }
}

resource "kubernetes_service" "web_raw" {
  metadata {
    name = "web-raw"
  }
  spec {
    selector = { app = "web" }
    dynamic "port" {
      for_each = local.raw_ports
      content {
        name        = port.key # want "^error: container port 9080 of Deployment \"web\" has different protocols.*\"web\" port http:9080 as HTTP, Service \"web-raw\" port tcp:9080 as TCP" "^error: .*container port 8080 of Deployment \"web\".*port mysql:8080 as MySQL"
        port        = port.value
        target_port = port.value
      }
    }
    port {
      name = "tcp-admin"
      port = 9000
    }
  }
}

module "pair" {
  source       = "./modules/pair"
  for_each     = toset(["one", "two"])
  name         = each.key
  app_protocol = var.tls_protocol
}

# clean: DNS over TCP and UDP is one protocol to Istio, and UDP is none of its business
resource "kubernetes_pod" "dns" {
  metadata {
    name   = "dns"
    labels = { app = "dns" }
  }
  spec {
    container {
      name  = "main"
      image = "example.com/dns:1.0"
    }
  }
}

resource "kubernetes_service" "dns" {
  for_each = { dns = "TCP", dns-udp = "UDP" }
  metadata {
    name = each.key
  }
  spec {
    selector = { app = "dns" }
    port {
      name     = "dns"
      port     = 53
      protocol = each.value
    }
  }
}
