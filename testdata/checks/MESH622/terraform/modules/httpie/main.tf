variable "host" {
  type = string
}

resource "kubernetes_job" "this" {
  metadata {
    name = "httpie"
  }
  spec {
    template {
      metadata {
        labels = { app = "httpie" }
      }
      spec {
        restart_policy = "Never"
        container {
          name  = "httpie"
          image = "example.com/httpie:1.0"
          args  = ["http", "POST", "web.front:8080/x", "Host:${var.host}"] # want "http sends a request to web.front:8080 with the Host header \"one.back\"" "Host header \"two.back\""
        }
      }
    }
  }
}
