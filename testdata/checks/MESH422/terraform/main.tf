variable "image" {
  type    = string
  default = "example.com/shop:1.0"
}

locals {
  containers = [{ name = "shop", image = var.image }]
}

resource "kubernetes_manifest" "fleet" {
  manifest = {
    apiVersion = "example.com/v1"
    kind       = "Fleet"
    metadata   = { name = "first" }
    spec = {
      template = {
        spec = {
          containers = local.containers # want "^note: Fleet \"first\" \\(and 2 more objects of this kind\\) has containers at spec\\.template\\.spec\\.containers"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "others" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "example.com/v1"
    kind       = "Fleet"
    metadata   = { name = each.key }
    spec       = { template = { spec = { containers = local.containers } } }
  }
}

resource "kubernetes_manifest" "harbor" {
  manifest = {
    apiVersion = "example.com/v1"
    kind       = "Harbor"
    metadata   = { name = "harbor" }
    spec       = { pod = { containers = local.containers } } # want "^note: Harbor \"harbor\" has containers at spec\\.pod\\.containers"
  }
}

resource "kubernetes_manifest" "task" {
  manifest = {
    apiVersion = "tekton.dev/v1"
    kind       = "Task"
    metadata   = { name = "build" }
    spec       = { steps = local.containers } # want "^note: Task \"build\" has containers at spec\\.steps"
  }
}

module "ship" {
  source = "./modules/fleet"
  image  = var.image
}

# clean: its pods are read
resource "kubernetes_manifest" "rollout" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Rollout"
    metadata   = { name = "web" }
    spec       = { template = { spec = { containers = local.containers } } }
  }
}
