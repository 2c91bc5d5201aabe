variable "protocol" {
  type = string
}

resource "kubernetes_service" "this" {
  metadata {
    name = "ldap-${var.protocol}"
  }
  spec {
    selector = { app = "ldap" }
    port {
      name = "${var.protocol}-users" # want "^warning: port http-users:389 is declared as HTTP" "^warning: port grpc-users:389 is declared as GRPC"
      port = 389
    }
  }
}
