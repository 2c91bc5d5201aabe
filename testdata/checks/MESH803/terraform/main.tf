variable "operation" {
  type = any
  default = {
    paths = ["/admin*"] # want-value "DENY rule of \"one\"" "DENY rule of \"two\""
  }
}

variable "action" {
  type = string
}

resource "kubernetes_pod" "web" {
  metadata {
    name   = "web"
    labels = { app = "web" }
  }
  spec {
    container {
      name  = "web"
      image = "web"
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
    port {
      name = "tcp-db"
      port = 5432
    }
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      rules = [{ to = [{ operation = { methods = ["GET"] } }] }] # want "^warning: ALLOW rule of \"literal\" asks for \"methods\", which TCP does not have"
    }
  }
}

resource "kubernetes_manifest" "given" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      action = "DENY"
      rules  = [{ to = [{ operation = var.operation }] }] # want "DENY rule of \"one\" asks for \"paths\"" "DENY rule of \"two\" asks for \"paths\""
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      action = var.action # undecided "var.action has no value"
      rules  = [{ to = [{ operation = { paths = ["/admin*"] } }] }]
    }
  }
}

# clean: it names the port
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "default" }
    spec = {
      action = "DENY"
      rules  = [{ to = [{ operation = { paths = ["/admin*"], ports = ["8080"] } }] }]
    }
  }
}
