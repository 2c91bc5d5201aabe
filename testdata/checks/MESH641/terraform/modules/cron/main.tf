variable "name" {
  type = string
}

resource "kubernetes_cron_job" "this" {
  metadata {
    name = var.name
  }
  spec {
    schedule = "@daily"
    job_template {
      metadata {
        # the pods do not get this one
        labels = { "sidecar.istio.io/inject" = "false" }
      }
      spec {
        template {
          metadata { # want "CronJob \"one\" never completes" "CronJob \"two\" never completes"
            labels = { app = var.name }
          }
          spec {
            restart_policy = "Never"
            container {
              name  = "main"
              image = "example.com/main:1.0"
            }
          }
        }
      }
    }
  }
}
