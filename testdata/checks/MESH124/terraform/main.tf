variable "affinity" {
  type    = string
  default = "ClientIP" # want-value "Service \"web\""
}

variable "own_affinity" {
  type = string
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    session_affinity = var.affinity # want "^note: Service \"web\" has sessionAffinity: ClientIP"
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    session_affinity = "ClientIP" # want "Service \"one\"" "Service \"two\""
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    session_affinity = var.own_affinity # undecided "var.own_affinity has no value"
    port {
      name = "http"
      port = 80
    }
  }
}

# clean: the default
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    port {
      name = "http"
      port = 80
    }
  }
}
