variable "app" {
  type    = string
  default = "review" # want-value "has the label app: \"review\""
}

variable "selected" {
  type = string
}

resource "kubernetes_deployment" "reviews" {
  metadata {
    name = "reviews"
  }
  spec {
    template {
      metadata {
        labels = { app = "reviews" }
      }
      spec {
        container {
          name  = "app"
          image = "reviews"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "literal", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = "revews" } } # want "^warning: no pod in namespace \"default\" has the label app: \"revews\" \\(did you mean \"reviews\"\\?\\)"
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { app = var.app } } # want "has the label app: \"review\""
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = var.selected } } # undecided "var.selected has no value"
    }
  }
}

# clean: the labels are those of the pods
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "default" }
    spec       = { selector = { matchLabels = { app = "reviews" } } }
  }
}
