variable "vhost" {
  type    = string
  default = "shop.example.com" # want-value "Ingress \"other-host\""
}

variable "own_vhost" {
  type = string
}

locals {
  send = { "nginx.ingress.kubernetes.io/service-upstream" = "true" }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
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
          name  = "web"
          image = "example.com/web:1.0"
        }
      }
    }
  }
}

resource "kubernetes_ingress_v1" "other_host" {
  metadata {
    name = "other-host"
    annotations = {
      "nginx.ingress.kubernetes.io/service-upstream" = "true"
      "nginx.ingress.kubernetes.io/upstream-vhost"   = var.vhost # want "^warning: Ingress \"other-host\" sends requests to Service \"web\" with the Host header \"shop.example.com\""
    }
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          name = "http"
        }
      }
    }
  }
}

resource "kubernetes_ingress_v1" "local" {
  metadata {
    name        = "local"
    annotations = local.send # want "^note: Ingress \"local\" sends requests to Service \"web\" with the Host header of its clients"
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          number = 80
        }
      }
    }
  }
}

resource "kubernetes_ingress_v1" "each" {
  for_each = toset(["one", "two"])
  metadata { # want "^note: Ingress \"one\" lets ingress-nginx" "^note: Ingress \"two\" lets ingress-nginx"
    name = each.key
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          number = 80
        }
      }
    }
  }
}

module "ingress" { # want-module "Ingress \"of-module\""
  source = "./modules/ingress"
  vhost  = "api.example.com" # want-value "Ingress \"of-module\""
}

resource "kubernetes_ingress_v1" "unknown" {
  metadata {
    name = "unknown"
    annotations = {
      "nginx.ingress.kubernetes.io/service-upstream" = "true"
      "nginx.ingress.kubernetes.io/upstream-vhost"   = var.own_vhost # undecided "var.own_vhost has no value"
    }
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          number = 80
        }
      }
    }
  }
}

# clean: address and host of the Service
resource "kubernetes_ingress_v1" "clean" {
  metadata {
    name = "clean"
    annotations = {
      "nginx.ingress.kubernetes.io/service-upstream" = "true"
      "nginx.ingress.kubernetes.io/upstream-vhost"   = "web.default.svc.cluster.local"
    }
  }
  spec {
    ingress_class_name = "nginx"
    default_backend {
      service {
        name = "web"
        port {
          number = 80
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "nginx" {
  metadata {
    name = "nginx-ingress-controller"
  }
  spec {
    template {
      metadata {
        labels = { app = "nginx", "sidecar.istio.io/inject" = "true" }
      }
      spec {
        container {
          name  = "nginx"
          image = "example.com/nginx-ingress-controller:1.12.0"
        }
      }
    }
  }
}
