variable "name" {
  type = string
}

resource "kubernetes_namespace" "this" {
  metadata {
    name = "team-${var.name}"
    labels = {
      istio-injection                   = "enabled"
      "pod-security.kubernetes.io/warn" = "baseline" # want "^note: namespace \"team-red\" has the Pod Security level \"baseline\" for warn" "^note: namespace \"team-blue\""
    }
  }
}
