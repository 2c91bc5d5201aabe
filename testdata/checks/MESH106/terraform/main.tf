variable "app_protocol" {
  type    = string
  default = "websocket" # want-value "appProtocol \"websocket\""
}

variable "api_protocol" {
  type = string
}

locals {
  ports = { one = 7000, two = 7001 }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name         = "web"
      port         = 80
      app_protocol = var.app_protocol # want "^note: appProtocol \"websocket\" of port \"web:80\""
    }
    port {
      name         = "http"
      port         = 81
      app_protocol = "h2c" # want "^warning: appProtocol \"h2c\" of port \"http:81\""
    }
    dynamic "port" {
      for_each = local.ports
      content {
        name         = port.key
        port         = port.value
        app_protocol = "ws" # want "port \"one:7000\"" "port \"two:7001\""
      }
    }
  }
}

module "kit" {
  source       = "./modules/kit"
  name         = "lib"
  app_protocol = "http3" # want-value "appProtocol \"http3\""
}

resource "kubernetes_service" "known" {
  metadata {
    name = "known"
  }
  spec {
    # clean: what Istio reads, in any case and with a suffix
    port {
      name         = "b"
      port         = 81
      app_protocol = "HTTPS"
    }
    port {
      name         = "c"
      port         = 82
      app_protocol = "tcp-data"
    }
    # clean: Kubernetes' own value
    port {
      name         = "d"
      port         = 83
      app_protocol = "kubernetes.io/h2c"
    }
    # clean: null is none
    port {
      name         = "http-g"
      port         = 86
      app_protocol = null
    }
  }
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    port {
      name         = "api"
      port         = 80
      app_protocol = var.api_protocol # undecided "var.api_protocol has no value"
    }
  }
}
