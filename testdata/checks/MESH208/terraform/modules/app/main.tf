variable "team" {
  type = string
}

resource "kubernetes_namespace" "team" {
  metadata {
    name   = var.team
    labels = { istio-injection = "enabled" }
  }
}

resource "kubernetes_limit_range" "team" {
  metadata {
    name      = "team"
    namespace = kubernetes_namespace.team.metadata[0].name
  }
  spec {
    limit {
      type = "Container"
      max  = { cpu = "500m" } # want "the pods of namespace \"red\" with a sidecar" "the pods of namespace \"blue\""
    }
  }
}
