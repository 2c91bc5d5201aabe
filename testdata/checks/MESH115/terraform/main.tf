variable "listen" {
  type    = string
  default = "127.0.0.1:8080" # want-value "listen on localhost at port 8080"
}

variable "own_listen" {
  type = string
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
          args  = ["--listen", var.listen] # want "^note: --listen makes container \"web\" listen on localhost at port 8080"
        }
        container {
          name  = "unknown"
          image = "example.com/web:1.0"
          args  = ["--listen", var.own_listen] # undecided "var.own_listen has no value"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = each.key
          image = "example.com/web:1.0"
          args  = ["--bind=localhost:8080"] # want "container \"one\"" "container \"two\""
        }
      }
    }
  }
}

# clean: all addresses
resource "kubernetes_deployment" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "clean"
          image = "example.com/web:1.0"
          args  = ["--listen=0.0.0.0:8080"]
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
      port = 8080
    }
  }
}
