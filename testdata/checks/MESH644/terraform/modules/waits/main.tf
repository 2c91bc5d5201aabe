variable "host" {
  type = string
}

resource "kubernetes_pod_v1" "this" {
  metadata {
    name = var.host
  }
  spec {
    init_container { # want "^warning: init container \"wait-db\"" "^warning: init container \"wait-cache\""
      name    = "wait-${var.host}"
      image   = "busybox:1.36"
      command = ["nc", "-z", var.host, "1234"]
    }
    container {
      name  = "main"
      image = "main:1.0"
    }
  }
}
