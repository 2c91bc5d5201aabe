variable "protocol" {
  type    = string
  default = "TCP" # want-value "is a TCP port that \"udp-syslog\" declares as UDP"
}

variable "transport" {
  type = string
}

resource "kubernetes_service" "syslog" {
  metadata {
    name = "syslog"
  }
  spec {
    selector = { app = "syslog" }
    port {
      name     = "udp-syslog"
      port     = 514
      protocol = var.protocol # want "^warning: port \"udp-syslog:514\" of Service \"syslog\" is a TCP port that \"udp-syslog\" declares as UDP"
    }
    dynamic "port" {
      for_each = toset([7000, 7001])
      content {
        name         = "odd"
        port         = port.value
        protocol     = "UDP"
        app_protocol = "grpc" # want "^note: port \"odd:7000\"" "^note: port \"odd:7001\""
      }
    }
  }
}

# Without a protocol the place is the port, which is TCP by default.
resource "kubernetes_service" "bare" {
  metadata {
    name = "bare"
  }
  spec {
    port { # want "^warning: port \"udp:515\""
      name = "udp"
      port = 515
    }
  }
}

module "kit" {
  source    = "./modules/kit"
  port_name = local.quic
}

locals {
  quic = "https" # want-value "but \"https\" declares HTTPS"
}

# clean: name and protocol agree
resource "kubernetes_service" "right" {
  metadata {
    name = "right"
  }
  spec {
    port {
      name     = "udp-syslog"
      port     = 514
      protocol = "UDP"
    }
    port {
      name     = "tcp-syslog"
      port     = 514
      protocol = "TCP"
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    port {
      name     = "udp-syslog"
      port     = 514
      protocol = var.transport # undecided "var.transport has no value"
    }
  }
}
