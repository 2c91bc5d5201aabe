variable "protocol" {
  type    = string
  default = "HTTP" # want-value "protocol \"HTTP\" of a port of Service"
}

variable "transport" {
  type = string
}

locals {
  container_ports = [
    { port = 8080, protocol = "GRPC" }, # want-value "container port of StatefulSet \"store\""
    { port = 8081, protocol = "TCP" },
  ]
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    port {
      name     = "web"
      port     = 80
      protocol = var.protocol # want "^error: protocol \"HTTP\" of a port of Service \"web\" is not TCP, UDP or SCTP"
    }
  }
}

resource "kubernetes_stateful_set" "store" {
  metadata {
    name = "store"
  }
  spec {
    service_name = "store"
    template {
      metadata {
        labels = { app = "store" }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
          dynamic "port" {
            for_each = local.container_ports
            content {
              container_port = port.value.port
              protocol       = port.value.protocol # want "protocol \"GRPC\" of a container port of StatefulSet \"store\""
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_network_policy" "web" {
  metadata {
    name = "web"
  }
  spec {
    policy_types = ["Ingress", "Egress"]
    pod_selector {}
    ingress {
      ports {
        port     = "80"
        protocol = "HTTPS" # want "^error: protocol \"HTTPS\" of an ingress port of NetworkPolicy \"web\""
      }
    }
    egress {
      ports {
        port     = "53"
        protocol = "udp" # want "^error: protocol \"udp\" of an egress port of NetworkPolicy \"web\""
      }
    }
  }
}

module "kit" {
  source = "./modules/kit"
}

# clean: the three that there are, and none
resource "kubernetes_service" "right" {
  metadata {
    name = "right"
  }
  spec {
    dynamic "port" {
      for_each = ["TCP", "UDP", "SCTP", null]
      content {
        name     = "p${port.key}"
        port     = 80 + port.key
        protocol = port.value
      }
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    port {
      port     = 80
      protocol = var.transport # undecided "var.transport has no value"
    }
  }
}
