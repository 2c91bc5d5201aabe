variable "ports" {
  type    = string
  default = "NONE" # want-value "of Deployment \"web\" is NONE"
}

variable "own_ports" {
  type = string
}

locals {
  ports = "NONE" # want-value "of StatefulSet \"local\""
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
          "sidecar.istio.io/interceptionMode" = var.ports # want "^warning: annotation sidecar.istio.io/interceptionMode of Deployment \"web\" is NONE"
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
          "sidecar.istio.io/interceptionMode" = "NONE" # want "of DaemonSet \"literal\" is NONE"
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
          "sidecar.istio.io/interceptionMode" = local.ports # want "of StatefulSet \"local\" is NONE"
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
  for_each = { each-a = "NONE", each-b = "REDIRECT" }
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
        annotations = {
          "sidecar.istio.io/interceptionMode" = each.value # want "of Deployment \"each-a\" is NONE"
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
  ports  = "NONE"
  name   = "served"
}

module "fine" {
  source = "./modules/served"
  ports  = "REDIRECT"
  name   = "fine"
}

# clean: a Sidecar has a listener for what comes in
resource "kubernetes_deployment" "listening" {
  metadata {
    name = "listening"
  }
  spec {
    template {
      metadata {
        labels = { app = "listening" }
        annotations = {
          "sidecar.istio.io/interceptionMode" = "NONE"
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

resource "kubernetes_service" "listening" {
  metadata {
    name = "listening"
  }
  spec {
    selector = { app = "listening" }
    port {
      name        = "http"
      port        = 80
      target_port = 8080
    }
  }
}

resource "kubernetes_manifest" "listening" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Sidecar"
    metadata   = { name = "listening", namespace = "default" }
    spec = {
      workloadSelector = { labels = { app = "listening" } }
      ingress          = [{ port = { number = 9080, protocol = "HTTP", name = "http" }, defaultEndpoint = "127.0.0.1:8080" }]
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
          "sidecar.istio.io/interceptionMode" = var.own_ports # undecided "var.own_ports has no value"
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
