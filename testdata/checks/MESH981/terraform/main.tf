variable "password" {
  type    = string
  default = "s3c$ret" # want-value "password"
}

variable "open" {
  type = string
}

locals {
  format = "$${upstream}" # want-value "format"
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
          valueFiles = ["$values/shop.yaml"] # want "^warning: a path of valueFiles begins with . and a name"
          parameters = [
            { name = "literal", value = "a$b" },        # want "^warning: the value of parameter .literal. has a ., which Argo CD reads as the start of a variable"
            { name = "password", value = var.password }, # want "parameter .password."
            { name = "format", value = local.format },   # want "parameter .format."
          ]
        }
      }
    }
  }
}

module "app" { # want-module "team"
  source   = "./app"
  password = "a$b" # want-value "team"
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = each.key, namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "a", value = "$host" }, # want "parameter .a."
    ] } } }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "open", namespace = "argocd" }
    spec = { sources = [
      { path = "charts/shop", helm = {
        valueFiles = ["$values/shop.yaml"]
        parameters = [
          { name = "a", value = var.open }, # undecided "value: var.open has no value"
        ]
      } },
      { repoURL = "https://git.example.com/files", ref = var.open }, # undecided "ref: var.open has no value"
    ] }
  }
}

# clean: how to write a $
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "clean", namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "a", value = "s3c$$ret" },
      { name = "b", value = "$ARGOCD_APP_NAME" },
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
          { name = "b", value = "$host.{{name}}" }, # want "parameter .b."
        ] } } }
      }
    }
  }
}
