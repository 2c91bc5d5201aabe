variable "code" {
  type    = string
  default = "IST118" # want-value "is not a code"
}

variable "unknown" {
  type = string
}

resource "kubernetes_service" "web" {
  for_each = { literal = "IST9999", variable = var.code, clean = "IST0118" } # clean: a code
  metadata {
    name = each.key
    annotations = {
      "galley.istio.io/analyze-suppress" = each.value # want "^note: .IST118. is not a code" "^note: .IST9999. is not a code"
    }
  }
  spec {
    port {
      name = "web"
      port = 80
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
    annotations = {
      "galley.istio.io/analyze-suppress" = var.unknown # undecided "analyze-suppress"
    }
  }
  spec {
    port {
      name = "web"
      port = 80
    }
  }
}
