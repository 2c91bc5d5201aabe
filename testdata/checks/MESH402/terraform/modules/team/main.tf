variable "name" {
  type = string
}

resource "kubernetes_namespace" "this" {
  metadata {
    name = "team-${var.name}"
    labels = {
      istio-injection = "enabled" # want "^warning: namespace \"team-red\"" "^warning: namespace \"team-blue\""
      "istio.io/rev"  = var.name
    }
  }
}
