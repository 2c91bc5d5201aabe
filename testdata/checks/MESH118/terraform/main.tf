variable "target" {
  type    = number
  default = 8080
}

variable "port" {
  type    = number
  default = 80 # want-value "headless Service \"web\""
}

variable "own_target" {
  type = number
}

resource "kubernetes_stateful_set" "web" {
  metadata {
    name = "web"
  }
  spec {
    service_name = "web"
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

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "web" }
    port {
      name        = "http"
      port        = var.port # want "^warning: port http:80 of headless Service \"web\" targets container port 8080"
      target_port = var.target
    }
    port {
      name        = "grpc"
      port        = 90 # want "port grpc:90"
      target_port = 9090
    }
    # clean: equal
    port {
      name        = "http-admin"
      port        = 9000
      target_port = 9000
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "web" }
    port {
      name        = "http"
      port        = 81 # want "headless Service \"one\"" "headless Service \"two\""
      target_port = 8081
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "web" }
    port {
      name        = "http"
      port        = 82
      target_port = var.own_target # undecided "var.own_target has no value"
    }
  }
}

# clean: not headless
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = 83
      target_port = 8080
    }
  }
}
