resource "kubernetes_cron_job_v1" "back" {
  metadata {
    name = "back"
  }
  spec {
    schedule = "@daily"
    job_template {
      metadata {}
      spec {
        template {
          metadata {}
          spec {
            restart_policy = "Never"
            container {
              name  = "main"
              image = "example.com/back:1.0"
              port {
                container_port = 80
                protocol       = "http" # want "container port of CronJob \"back\""
              }
            }
          }
        }
      }
    }
  }
}
