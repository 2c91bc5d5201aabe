variable "backend" {
  type    = string
  default = "http://backend" # want-value "passes requests to http://backend"
}

variable "own_config" {
  type = string
}

locals {
  site = "server { location / { proxy_pass http://backend/local; } }" # want-value "http://backend/local"
}

resource "kubernetes_service" "backend" {
  metadata {
    name = "backend"
  }
  spec {
    selector = { app = "backend" }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_config_map" "conf" {
  metadata {
    name = "conf"
  }
  data = {
    "a.conf" = <<-EOT
      server {
        location / { proxy_pass ${var.backend}; } # want "^note: nginx before 1.29.7 passes requests to http://backend in HTTP/1.0"
      }
    EOT
    "b.conf" = local.site # want "http://backend/local"
    # clean: it speaks to itself alone
    "c.conf" = "server { location / { proxy_pass http://localhost:8080; } }"
    "d.conf" = var.own_config # undecided "var.own_config has no value"
  }
}

module "front" { # want-module "http://backend/module"
  source = "./modules/front"
  name   = "front"
  extra  = kubernetes_config_map.conf.metadata[0].name
}

resource "kubernetes_config_map" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  data = {
    "default.conf" = "server { location / { proxy_pass http://backend/${each.key}; } }" # want "http://backend/one" "http://backend/two"
  }
}

resource "kubernetes_pod" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    container {
      name  = "nginx"
      image = "example.com/nginx:1.0"
      volume_mount {
        name       = "conf"
        mount_path = "/etc/nginx/conf.d"
      }
    }
    volume {
      name = "conf"
      config_map {
        name = each.key
      }
    }
  }
}
