variable "rewrite" {
  type    = string
  default = "false" # want-value "reject the liveness_probe|reject the livenessProbe of container \"given\""
}

variable "unknown" {
  type = string
}

locals {
  rewrite = { given = var.rewrite, open = var.unknown, clean = "true" }
}

resource "kubernetes_manifest" "mtls" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "default" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

# clean is rewritten
resource "kubernetes_deployment_v1" "app" {
  for_each = local.rewrite
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        # undecided +1 "var.unknown has no value"
        annotations = { "sidecar.istio.io/rewriteAppHTTPProbers" = each.value } # want "^warning: annotation sidecar.istio.io/rewriteAppHTTPProbers is \"false\", and mode STRICT makes the sidecar reject the livenessProbe of container \"given\""
      }
      spec {
        container {
          name  = each.key
          image = "app"
          liveness_probe {
            http_get {
              port = 8080
            }
          }
        }
      }
    }
  }
}

module "app" { # want-module "the readinessProbe of container \"module\""
  source = "./modules/app"
  name   = "module"
}
