variable "name" {
  type = string
}

variable "extra" {
  type = string
}

resource "kubernetes_config_map" "own" {
  metadata {
    name = "${var.name}-own"
  }
  data = {
    "default.conf" = <<-EOT
      server { location / { proxy_pass http://backend/module; } } # want "http://backend/module"
    EOT
  }
}

resource "kubernetes_deployment" "front" {
  metadata {
    name = var.name
  }
  spec {
    template {
      metadata {
        labels = { app = var.name }
      }
      spec {
        container {
          name  = "nginx"
          image = "example.com/nginx:1.0"
          volume_mount {
            name       = "own"
            mount_path = "/etc/nginx/own"
          }
          volume_mount {
            name       = "extra"
            mount_path = "/etc/nginx/extra"
          }
        }
        volume {
          name = "own"
          config_map {
            name = kubernetes_config_map.own.metadata[0].name
          }
        }
        volume {
          name = "extra"
          config_map {
            name = var.extra
          }
        }
      }
    }
  }
}
