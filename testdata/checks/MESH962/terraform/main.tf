variable "command" {
  type = list(string)
}

locals {
  hold = true
}

resource "kubernetes_manifest" "istio" {
  for_each = toset(["a", "b"])
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = each.key, namespace = "istio-system" }
    spec = {
      meshConfig = { defaultConfig = { holdApplicationUntilProxyStarts = local.hold } }
      values = {
        global = {
          proxy = {
            lifecycle = { preStop = { exec = { command = ["sleep", "10"] } } } # want "^warning: global.proxy.lifecycle replaces the hook"
          }
        }
      }
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "open", namespace = "istio-system" }
    spec = {
      values = {
        global = {
          proxy = {
            lifecycle = { postStart = { exec = { command = var.command } } } # undecided "var.command has no value"
          }
        }
      }
    }
  }
}

# clean: both hooks
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "clean", namespace = "istio-system" }
    spec = {
      values = {
        global = {
          proxy = {
            lifecycle = { postStart = { exec = { command = ["pilot-agent", "wait"] } } }
          }
        }
      }
    }
  }
}
