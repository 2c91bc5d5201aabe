variable "name" {
  type = string
}

resource "kubernetes_pod_v1" "this" {
  metadata {
    name = var.name
  }
  spec {
    container {
      name    = var.name
      image   = "web:1.0"
      command = ["git", "clone", "https://example.com/${var.name}.git"] # want "container \"one\" uses the network \\(git\\)" "container \"two\" uses the network \\(git\\)"
    }
  }
}
