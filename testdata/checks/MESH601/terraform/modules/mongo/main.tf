variable "name" {
  type = string
}

resource "kubernetes_pod" "this" {
  metadata {
    name   = var.name
    labels = { app = var.name }
  }
  spec {
    container {
      name  = "server"
      image = "mongo:7"
    }
  }
}

resource "kubernetes_service" "this" {
  metadata {
    name = var.name
  }
  spec {
    selector = kubernetes_pod.this.metadata[0].labels
    port {
      name        = "data" # want "^note: port data:80 carries MongoDB .image mongo., which Istio.s documentation lists"
      port        = 80
      target_port = 27017
    }
  }
}
