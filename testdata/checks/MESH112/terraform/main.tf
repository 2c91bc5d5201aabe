variable "address" {
  type    = string
  default = "None"
}

variable "own_address" {
  type = string
}

resource "kubernetes_service" "literal" {
  metadata {
    name = "literal"
  }
  spec { # want "^note: headless Service \"literal\" declares no port"
    cluster_ip = var.address
    selector   = { app = "web" }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec { # want "headless Service \"one\"" "headless Service \"two\""
    cluster_ip = "None"
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    cluster_ip = var.own_address # undecided "var.own_address has no value"
  }
}

# clean: it has a port
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    cluster_ip = "None"
    port {
      name = "http"
      port = 80
    }
  }
}
