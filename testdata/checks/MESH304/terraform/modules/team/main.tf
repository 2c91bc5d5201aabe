variable "name" {
  type = string
}

resource "kubernetes_cron_job_v1" "this" {
  metadata {
    name   = "team-${var.name}"
    labels = { app = "team" }
  }
  spec {
    schedule = "0 4 * * *"
    job_template {
      metadata {}
      spec {
        template {
          metadata {
            labels = { # want "^note: CronJob \"team-red\" has the label app, but" "^note: CronJob \"team-blue\""
              tier = "back"
            }
          }
          spec {
            restart_policy = "Never"
            container {
              name  = "main"
              image = "example.com/team:1.0"
            }
          }
        }
      }
    }
  }
}
