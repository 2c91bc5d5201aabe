variable "ports" {
  type    = string
  default = "9000" # want-value "of Deployment \"web\" lacks port 8080"
}

variable "own_ports" {
  type = string
}

variable "own_selector" {
  type = map(string)
}

locals {
  ports = "9000" # want-value "of StatefulSet \"local\""
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = var.ports # want "^warning: traffic.sidecar.istio.io/includeInboundPorts of Deployment \"web\" lacks port 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
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
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_daemonset" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = "9000" # want "of DaemonSet \"literal\" lacks port 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    selector = { app = "literal" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_stateful_set" "local" {
  metadata {
    name = "local"
  }
  spec {
    service_name = "local"
    template {
      metadata {
        labels = { app = "local" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = local.ports # want "of StatefulSet \"local\" lacks port 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "local" {
  metadata {
    name = "local"
  }
  spec {
    selector = { app = "local" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = { each-a = "9000", each-b = "8080" }
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = each.value # want "of Deployment \"each-a\" lacks port 8080"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = kubernetes_deployment.each
  metadata {
    name = each.key
  }
  spec {
    selector = { app = each.key }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

module "served" {
  source = "./modules/served"
  ports  = "9000"
  name   = "served"
}

module "fine" {
  source = "./modules/served"
  ports  = "8080"
  name   = "fine"
}

# clean: every port
resource "kubernetes_deployment" "all" {
  metadata {
    name = "all"
  }
  spec {
    template {
      metadata {
        labels = { app = "all" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = "*"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "all" {
  metadata {
    name = "all"
  }
  spec {
    selector = { app = "all" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_deployment" "selected" {
  metadata {
    name = "selected"
  }
  spec {
    template {
      metadata {
        labels = { app = "selected" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = "9000"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "selected" {
  metadata {
    name = "selected"
  }
  spec {
    selector = var.own_selector # undecided "var.own_selector has no value"
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name = "open"
  }
  spec {
    template {
      metadata {
        labels = { app = "open" }
        annotations = {
          "traffic.sidecar.istio.io/includeInboundPorts" = var.own_ports # undecided "var.own_ports has no value"
        }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "open" {
  metadata {
    name = "open"
  }
  spec {
    selector = { app = "open" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}
