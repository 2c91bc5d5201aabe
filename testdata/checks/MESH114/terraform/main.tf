variable "target" {
  type    = string
  default = "web" # want-value "port http:80"
}

variable "port_name" {
  type = string
}

resource "kubernetes_deployment" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "shop" }
      }
      spec {
        container {
          name  = "shop"
          image = "example.com/shop:1.0"
          port {
            name           = "http"
            container_port = 8080
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    selector = { app = "shop" }
    port {
      name        = "http"
      port        = 80
      target_port = var.target # want "^warning: port http:80 of Service \"shop\" targets port \"web\", but Deployment \"shop\""
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    selector = { app = "shop" }
    port {
      name        = "http"
      port        = 80
      target_port = "https" # want "Service \"one\"" "Service \"two\""
    }
  }
}

resource "kubernetes_pod" "unknown" {
  metadata {
    name   = "unknown"
    labels = { app = "unknown" }
  }
  spec {
    container {
      name  = "unknown"
      image = "example.com/shop:1.0"
      port {
        name           = var.port_name # undecided "var.port_name has no value"
        container_port = 8080
      }
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    selector = { app = "unknown" }
    port {
      name        = "http"
      port        = 80
      target_port = "web"
    }
  }
}

# clean: the port that is there
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    selector = { app = "shop" }
    port {
      name        = "http"
      port        = 80
      target_port = "http"
    }
  }
}
