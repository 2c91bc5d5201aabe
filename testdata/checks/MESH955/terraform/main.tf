variable "profile" {
  type = string
}

locals {
  revision = "1.30.2" # want-value "revision \"1.30.2\""
}

resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
    spec = {
      profile    = var.profile    # undecided "var.profile has no value"
      revision   = local.revision # want "^error: revision \"1.30.2\" is not a valid DNS label"
      components = { galley = { enabled = true } } # want "components.galley is not known"
    }
  }
}

# clean: all of this is known
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "clean", namespace = "istio-system" }
    spec       = { profile = "minimal", components = { pilot = { enabled = true } } }
  }
}
