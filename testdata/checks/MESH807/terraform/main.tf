variable "name" {
  type    = string
  default = "permissive" # want-value "\"default\" and \"permissive\""
}

variable "app" {
  type = string
}

resource "kubernetes_stateful_set" "db" {
  metadata {
    name = "db"
  }
  spec {
    service_name = "db"
    template {
      metadata {
        labels = { app = "db" }
      }
      spec {
        container {
          name  = "db"
          image = "db"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "default" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "default" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

resource "kubernetes_manifest" "given" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = var.name, namespace = "default" } # want "^warning: PeerAuthentications \"default\" and \"permissive\" are both for the whole namespace"
    spec       = { mtls = { mode = "PERMISSIVE" } }
  }
}

resource "kubernetes_manifest" "db" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { app = "db" } } # want "^warning: PeerAuthentications \"one\" and \"two\" both select the pods of StatefulSet \"db\""
      mtls     = { mode = "STRICT" }
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "open", namespace = "default" }
    spec = {
      selector = { matchLabels = { app = var.app } } # undecided "var.app has no value"
      mtls     = { mode = "STRICT" }
    }
  }
}

# clean: it is the only one of its namespace
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "clean", namespace = "ledger" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}
