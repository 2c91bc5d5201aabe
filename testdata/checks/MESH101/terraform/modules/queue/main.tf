variable "name" {
  type = string
}

resource "kubernetes_stateful_set" "this" {
  metadata {
    name = "queue-${var.name}"
  }
  spec {
    service_name = "queue-${var.name}"
    selector {
      match_labels = { app = "queue-${var.name}" }
    }
    template {
      metadata {
        labels = { # want "StatefulSet \"queue-mail\"" "StatefulSet \"queue-print\""
          app = "queue-${var.name}"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/queue:1.0"
        }
      }
    }
  }
}
