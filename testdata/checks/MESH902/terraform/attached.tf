variable "labels" {
  type = map(string)
}

resource "kubernetes_namespace" "bare" {
  metadata {
    name   = "bare"
    labels = { "istio.io/dataplane-mode" = "ambient" }
  }
}

resource "kubernetes_namespace" "given" {
  metadata {
    name   = "given"
    labels = var.labels # undecided "var.labels has no value"
  }
}

resource "kubernetes_service" "attached" {
  for_each = toset(["bare", "given"])
  metadata {
    name      = "web"
    namespace = each.key
  }
  spec {
    selector = { app = "web" }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_manifest" "attached" {
  for_each = toset(["bare", "given"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "admin-${each.key}", namespace = each.key }
    spec = {
      targetRefs = [{ group = "", kind = "Service", name = "web" }] # want "AuthorizationPolicy \"admin-bare\" is attached to Service \"web\", which uses no waypoint"
      rules      = [{}]
    }
  }
}
