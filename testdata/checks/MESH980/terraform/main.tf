variable "override" {
  type    = string
  default = "image.tag" # want-value "image.tag"
}

variable "open" {
  type = string
}

locals {
  hosts = "hosts[0]" # want-value "hosts.0."
}

resource "kubernetes_manifest" "literal" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "literal", namespace = "argocd" }
    spec = {
      source = {
        path = "charts/shop"
        helm = {
          parameters = [
            { name = "sidecar", value = "a" },
            { name = "sidecar.image", value = "b" }, # want "^warning: parameters .sidecar. and .sidecar.image. overlap, .* rendering fails whenever the shorter one comes first$"
            { name = "image", value = "a" },
            { name = var.override, value = "b" }, # want "parameters .image. and .image.tag. overlap"
            { name = "hosts", value = "{a,b}" },
            { name = local.hosts, value = "c" }, # want "parameters .hosts. and .hosts.0.. overlap, .* sometimes the one counts"
          ]
        }
      }
    }
  }
}

module "app" { # want-module "team"
  source = "./app"
  name   = "team"
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = each.key, namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "a", value = "x" },
      { name = "a.b", value = each.key }, # want "parameters .a. and .a.b. overlap"
    ] } } }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "open", namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "a", value = "x" },
      { name = var.open, value = "x" }, # undecided "name: var.open has no value"
      { name = "list", value = var.open }, # undecided "value: var.open has no value"
      { name = "list[0]", value = "x" },
      # not known, and all the same certain: neither a text nor a list has keys
      { name = "text", value = var.open },
      { name = "text.key", value = "x" }, # want "parameters .text. and .text.key. overlap"
    ] } } }
  }
}

# clean: siblings
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "clean", namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "a.c", value = "x" },
      { name = "a.b", value = var.open },
    ] } } }
  }
}

resource "kubernetes_manifest" "each_cluster" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "ApplicationSet"
    metadata   = { name = "each", namespace = "argocd" }
    spec = {
      generators = [{ clusters = {} }]
      template = {
        metadata = { name = "{{name}}" }
        spec = { source = { path = "charts/shop", helm = { parameters = [
          { name = "a", value = "{{name}}" },
          { name = "a.b", value = "x" }, # want "parameters .a. and .a.b. overlap"
        ] } } }
      }
    }
  }
}
