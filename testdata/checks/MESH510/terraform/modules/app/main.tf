variable "name" {
  type = string
}

resource "kubernetes_pod_v1" "app" {
  metadata {
    name        = var.name
    annotations = { "sidecar.istio.io/rewriteAppHTTPProbers" = false } # want "the readinessProbe of container \"module\""
  }
  spec {
    container {
      name  = var.name
      image = "app"
      readiness_probe {
        http_get {
          port = 8080
        }
      }
    }
  }
}
