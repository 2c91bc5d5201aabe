variable "port" {
  type = string
}

# clean is the one that asks 15020
resource "kubernetes_pod" "this" {
  metadata {
    name   = "port-${var.port}"
    labels = { app = "port" }
  }
  spec {
    restart_policy = "Never"
    container {
      name  = "main"
      image = "example.com/main:1.0"
      args  = ["curl", "-XPOST", "http://127.0.0.1:${var.port}/quitquitquit"] # want "goes to port 15021"
    }
  }
}
