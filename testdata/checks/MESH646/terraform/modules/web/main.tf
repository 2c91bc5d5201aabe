variable "name" {
  type = string
}

variable "seconds" {
  type = string
}

resource "kubernetes_pod_v1" "this" {
  metadata {
    name = var.name
  }
  spec {
    container {
      name  = var.name
      image = "web:1.0"
      lifecycle {
        pre_stop {
          exec {
            command = ["sleep", var.seconds] # want "container \"one\" sleeps for 10s" "container \"two\" sleeps for 12s"
          }
        }
      }
    }
  }
}
