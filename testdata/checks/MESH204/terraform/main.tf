variable "level" {
  type    = string
  default = "restricted" # want-value "^error: namespace \"payments\""
}

variable "own_level" {
  type = string
}

locals {
  pod_security = {
    "pod-security.kubernetes.io/enforce" = "baseline" # want-value "namespace \"helped\""
  }
}

resource "kubernetes_namespace" "shop" {
  metadata {
    name = "shop"
    labels = {
      istio-injection                      = "enabled"
      "pod-security.kubernetes.io/enforce" = "baseline" # want "^error: namespace \"shop\" enforces the Pod Security level \"baseline\", which rejects istio-init \\(NET_ADMIN, NET_RAW\\) and with it every injected pod: istio-injection is enabled"
    }
  }
}

resource "kubernetes_namespace_v1" "payments" {
  metadata {
    name = "payments"
    labels = {
      "istio.io/rev"                       = "1-29"
      "pod-security.kubernetes.io/enforce" = var.level # want "^error: namespace \"payments\" enforces the Pod Security level \"restricted\""
    }
  }
}

resource "kubernetes_namespace" "helped" {
  metadata {
    name   = "helped"
    labels = merge({ istio-injection = "enabled" }, local.pod_security) # want "^error: namespace \"helped\" enforces"
  }
}

# The label comes by a resource of its own.
resource "kubernetes_namespace" "patched" {
  metadata {
    name   = "patched"
    labels = { istio-injection = "enabled" }
  }
}

resource "kubernetes_labels" "patched" {
  api_version = "v1"
  kind        = "Namespace"
  metadata {
    name = kubernetes_namespace.patched.metadata[0].name
  }
  labels = {
    "pod-security.kubernetes.io/enforce" = "baseline" # want "^error: namespace \"patched\""
  }
}

module "team" {
  source   = "./modules/team"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: privileged admits istio-init
resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = { istio-injection = "enabled", "pod-security.kubernetes.io/enforce" = "privileged" }
  }
}

resource "kubernetes_namespace" "unknown" {
  metadata {
    name = "unknown"
    labels = {
      istio-injection                      = "enabled"
      "pod-security.kubernetes.io/enforce" = var.own_level # undecided "var.own_level has no value"
    }
  }
}
