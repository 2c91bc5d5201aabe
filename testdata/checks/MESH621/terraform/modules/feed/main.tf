variable "name" {
  type = string
}

variable "url" {
  type = string
}

resource "kubernetes_cron_job" "this" {
  metadata {
    name = var.name
  }
  spec {
    schedule = "@daily"
    job_template {
      metadata {}
      spec {
        template {
          metadata {
            labels = { app = "feed" }
          }
          spec {
            restart_policy = "Never"
            container {
              name    = "feed"
              image   = "example.com/feed:1.0"
              command = ["feed", var.url] # want "feeds.bbci.co.uk:443" "rss.nytimes.com:443"
            }
          }
        }
      }
    }
  }
}
