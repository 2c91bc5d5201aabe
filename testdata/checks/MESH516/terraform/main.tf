variable "port" {
  type    = number
  default = 8080 # want-value "the preStop of container \"given\""
}

variable "unknown" {
  type = number
}

locals {
  ports = { given = var.port, open = var.unknown, clean = 15020 }
}

resource "kubernetes_manifest" "mtls" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "default" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

# clean asks the agent of the sidecar, which nothing captures
resource "kubernetes_deployment_v1" "app" {
  for_each = local.ports
  metadata {
    name = each.key
  }
  spec {
    template {
      spec {
        container {
          name  = each.key
          image = "app"
          lifecycle {
            pre_stop {
              http_get {
                # undecided +1 "var.unknown has no value"
                port = each.value # want "^warning: Istio rewrites lifecycle handlers from 1.25, and mode STRICT makes the sidecar reject the preStop of container \"given\""
              }
            }
          }
        }
      }
    }
  }
}

module "app" { # want-module "the postStart of container \"module\""
  source = "./modules/app"
  name   = "module"
}
