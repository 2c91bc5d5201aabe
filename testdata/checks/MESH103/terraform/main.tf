variable "admin_port" {
  type    = number
  default = 9000
}

variable "status_port" {
  type = number
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
      name        = "http"
      port        = 80
      target_port = "main"
    }
    port {
      name        = "http-admin"
      port        = 9001
      target_port = 9001
    }
    port {
      name        = "http-status"
      port        = 9100
      target_port = 9100
    }
  }
}

resource "kubernetes_service" "alternatives" {
  for_each = { alt = 81, other = 80 }
  metadata {
    name = "web-${each.key}"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = each.value # want "^note: port 81 of Service \"web-alt\" and port 80 of Service \"web\" both target container port 8080 of Deployment \"web\""
      target_port = 8080
    }
  }
}

module "admin" {
  source = "./modules/admin"
  port   = var.admin_port
}

# clean: one port of two Services
resource "kubernetes_service" "same" {
  metadata {
    name = "web-same"
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

resource "kubernetes_service" "status" {
  metadata {
    name = "web-status"
  }
  spec {
    selector = { app = "web" }
    port {
      name        = "http"
      port        = var.status_port # undecided "var.status_port has no value"
      target_port = 9100
    }
  }
}
