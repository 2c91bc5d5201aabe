variable "selected" {
  type    = string
  default = "wep" # want-value "selects app: wep"
}

variable "own_selected" {
  type = string
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web", tier = "front" }
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
    selector = { tier = "front", app = var.selected } # want "^warning: Service \"web\" selects app: wep"
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
    selector = { app = "nobody" } # want "^note: Service \"one\" selects no pod" "Service \"two\""
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_pod" "other" {
  metadata {
    name      = "other"
    namespace = "other"
    labels    = { app = "other" }
  }
  spec {
    container {
      name  = "other"
      image = "example.com/other:1.0"
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name      = "unknown"
    namespace = "other"
  }
  spec {
    selector = { app = var.own_selected } # undecided "var.own_selected has no value"
    port {
      name = "http"
      port = 80
    }
  }
}

# clean: no pod of the input is in that namespace
resource "kubernetes_service" "clean" {
  metadata {
    name      = "clean"
    namespace = "elsewhere"
  }
  spec {
    selector = { app = "nobody" }
    port {
      name = "http"
      port = 80
    }
  }
}
