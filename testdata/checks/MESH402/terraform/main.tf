variable "namespace_labels" {
  type = map(string)
  default = {
    istio-injection = "enabled" # want-value "namespace \"payments\" has istio-injection and istio.io/rev"
    "istio.io/rev"  = "1-29"
  }
}

variable "revision" {
  type = string
}

locals {
  revision = { "istio.io/rev" = "1-29" }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
    labels = {
      istio-injection = "enabled" # want "^warning: namespace \"shop\" has istio-injection and istio.io/rev: Istio follows istio-injection and silently ignores the rest"
      "istio.io/rev"  = "1-10-0"
    }
  }
}

resource "kubernetes_namespace_v1" "payments" {
  metadata {
    name   = "payments"
    labels = var.namespace_labels # want "^warning: namespace \"payments\""
  }
}

# One of the labels comes by a resource of its own.
resource "kubernetes_labels" "shop_ambient" {
  api_version = "v1"
  kind        = "Namespace"
  metadata {
    name = kubernetes_namespace.planes.metadata.0.name
  }
  labels = {
    "istio.io/dataplane-mode" = "ambient"
  }
}

resource "kubernetes_namespace" "planes" {
  metadata {
    name   = "planes"
    labels = local.revision # want "^warning: namespace \"planes\" has istio.io/rev and istio.io/dataplane-mode"
  }
}

module "team" {
  source   = "./modules/team"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: one label
resource "kubernetes_namespace" "one" {
  metadata {
    name   = "one"
    labels = local.revision
  }
}

# clean: disabled wins, and the namespace is out
resource "kubernetes_namespace" "disabled" {
  metadata {
    name   = "disabled"
    labels = merge({ istio-injection = "disabled" }, local.revision)
  }
}

resource "kubernetes_namespace" "open" {
  metadata {
    name = "open"
    labels = {
      istio-injection = "enabled"
      "istio.io/rev"  = var.revision # undecided "var.revision has no value"
    }
  }
}
