resource "kubernetes_pod_v1" "this" {
  metadata {
    name = "tool"
  }
  spec {
    security_context {
      run_as_group = "1337" # want "^warning: container \"tool\""
    }
    container {
      name  = "tool"
      image = "example.com/tool:1.0"
    }
  }
}
