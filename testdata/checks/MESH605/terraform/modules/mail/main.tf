variable "port" {
  type = number
}

resource "kubernetes_pod" "this" {
  metadata {
    name   = "mail"
    labels = { app = "mail" }
  }
  spec {
    container {
      name  = "server"
      image = "postfix:3"
      port {
        container_port = 25
      }
    }
  }
}

resource "kubernetes_service" "this" {
  metadata {
    name = "mail"
  }
  spec {
    type     = "NodePort"
    selector = { app = "mail" }
    port {
      name = "tcp-mail"
      port = var.port # want "^warning: port tcp-mail:25 of Service \"mail\""
    }
  }
}
