variable "password" {
  type = string
}

resource "kubernetes_manifest" "app" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Application"
    metadata   = { name = "app", namespace = "argocd" }
    spec = { source = { path = "charts/shop", helm = { parameters = [
      { name = "team", value = var.password }, # want "parameter .team."
    ] } } }
  }
}
