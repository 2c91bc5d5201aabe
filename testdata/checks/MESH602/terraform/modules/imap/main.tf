variable "protocol" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = "imap-${var.protocol}"
  }
  spec {
    selector = { app = "imap" }
    port {
      name = "${var.protocol}-mail" # want "^warning: port http-mail:143 is declared as HTTP" "^warning: port grpc-mail:143 is declared as GRPC"
      port = 143
    }
  }
}
