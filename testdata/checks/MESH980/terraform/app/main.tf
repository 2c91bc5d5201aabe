variable "name" {
  type = string
}

resource "kubernetes_manifest" "app" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "app", namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = var.name, value = "x" },
      { name = "${var.name}.key", value = "x" }, # want "parameters .team. and .team.key. overlap"
    ] } } }
  }
}
