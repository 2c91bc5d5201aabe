variable "port_name" {
  type    = string
  default = "tcp" # want-value "port tcp:443"
}

variable "own_name" {
  type = string
}

resource "kubernetes_service" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    type          = "ExternalName"
    external_name = "api.example.com"
    port {
      name = var.port_name # want "^warning: port tcp:443 of ExternalName Service \"literal\" is TCP"
      port = 443
    }
    port {
      name = "db" # want "is auto-detected"
      port = 5432
    }
    # clean: HTTP
    port {
      name = "http"
      port = 80
    }
    port {
      name = var.own_name # undecided "var.own_name has no value"
      port = 81
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    type          = "ExternalName"
    external_name = "api.example.com"
    port {
      name = "tcp-x" # want "ExternalName Service \"one\"" "ExternalName Service \"two\""
      port = 443
    }
  }
}

# clean: TLS
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    type          = "ExternalName"
    external_name = "api.example.com"
    port {
      name = "tls"
      port = 443
    }
  }
}
