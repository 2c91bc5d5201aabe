variable "account" {
  type = string
}

resource "kubernetes_job" "this" {
  metadata {
    name = "job"
  }
  spec {
    template {
      metadata {
        labels = { app = "job" }
      }
      spec {
        restart_policy       = "Never"
        service_account_name = var.account # want "^error: no PodSecurityPolicy that service account \"default/job\""
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
