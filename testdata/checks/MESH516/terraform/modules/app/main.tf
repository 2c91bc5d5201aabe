variable "name" {
  type = string
}

resource "kubernetes_pod_v1" "app" {
  metadata {
    name = var.name
  }
  spec {
    container {
      name  = var.name
      image = "app"
      lifecycle {
        post_start {
          http_get {
            port = 8080 # want "the postStart of container \"module\""
          }
        }
      }
    }
  }
}
