variable "cluster" {
  type = string
}

locals {
  cluster = "west" # want-value "no cluster \"west\""
}

resource "kubernetes_manifest" "istio" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
    spec = {
      values = {
        global = {
          multiCluster = { clusterName = "east" }
          meshNetworks = {
            # Without a remote secret in the input.
            west = { endpoints = [{ fromRegistry = local.cluster }] } # want "^note: no cluster \"west\" is known here"
            open = { endpoints = [{ fromRegistry = var.cluster }] }   # undecided "var.cluster has no value"
            east = { endpoints = [{ fromRegistry = "east" }] }
          }
        }
      }
    }
  }
}

resource "kubernetes_config_map" "istio" {
  metadata {
    name      = "istio"
    namespace = "istio-system"
  }
  data = {
    meshNetworks = "networks: {far: {endpoints: [{fromRegistry: far}]}}" # want "no cluster \"far\""
  }
}

# clean: not Istio's
resource "kubernetes_config_map" "other" {
  metadata {
    name = "other"
  }
  data = {
    meshNetworks = "networks: {far: {endpoints: [{fromRegistry: far}]}}"
  }
}
