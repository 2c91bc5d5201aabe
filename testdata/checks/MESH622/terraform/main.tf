variable "header" {
  type    = string
  default = "Host: httpbin.default" # want-value "Host header \"httpbin.default\""
}

variable "own_host" {
  type = string
}

resource "kubernetes_deployment" "curl" {
  metadata {
    name = "curl"
  }
  spec {
    template {
      metadata {
        labels = { app = "curl" }
      }
      spec {
        container {
          name    = "seed"
          image   = "example.com/curl:1.0"
          command = ["timeout", "5", "curl"]
          args = [
            "1.2.3.4",
            "-H",
            var.header, # want "^warning: curl sends a request to 1.2.3.4:80 with the Host header \"httpbin.default\""
          ]
          lifecycle {
            pre_stop {
              exec {
                command = ["sh", "-c", "true && curl -sf --header 'Host: drain.ops' http://10.1.2.3/drain || true"] # want "^warning: curl sends a request to 10.1.2.3:80 with the Host header \"drain.ops\""
              }
            }
          }
        }
      }
    }
  }
}

# A script and an nginx configuration that the pods mount.
resource "kubernetes_pod" "mounted" {
  metadata {
    name   = "mounted"
    labels = { app = "mounted" }
  }
  spec {
    container {
      name  = "main"
      image = "example.com/nginx:1.0"
      volume_mount {
        name       = "conf"
        mount_path = "/etc/nginx/conf.d"
      }
    }
    volume {
      name = "conf"
      config_map {
        name = kubernetes_config_map.conf.metadata[0].name
      }
    }
  }
}

resource "kubernetes_config_map" "conf" {
  metadata {
    name = "conf"
  }
  data = {
    # want +2 "^warning: nginx passes requests to api:8080 with the Host header of its client"
    # want +1 "^warning: nginx passes requests to the upstream group \"pool\""
    "api.conf"     = "upstream pool { server api:8080; }\nserver { location /a { proxy_pass http://pool; } location /b { proxy_pass http://api:8080; proxy_set_header Host $host; } }"
    "default.conf" = local.conf # want "^note: nginx passes requests to backend:8080 with the Host header \"shop.com\""
  }
}

locals {
  # want-value +5 "nginx passes requests"
  conf = <<-EOT
    server {
      location / {
        proxy_pass http://backend:8080;
        proxy_set_header Host shop.com;
      }
    }
  EOT
}

resource "kubernetes_service_v1" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector = { app = "api" }
    port {
      name = "http"
      port = 8080
    }
  }
}

module "httpie" {
  source   = "./modules/httpie"
  for_each = toset(["one.back", "two.back"])
  host     = each.key
}

# clean: the header names the host of the address
resource "kubernetes_pod" "clean" {
  metadata {
    name   = "clean"
    labels = { app = "clean" }
  }
  spec {
    container {
      name  = "curl"
      image = "example.com/curl:1.0"
      args  = ["curl", "-H", "Host: web.default", "http://web.default.svc.cluster.local/"]
    }
  }
}

resource "kubernetes_pod" "open" {
  metadata {
    name   = "open"
    labels = { app = "open" }
  }
  spec {
    container {
      name  = "curl"
      image = "example.com/curl:1.0"
      args  = ["curl", "-H", "Host: ${var.own_host}", "http://web/"] # undecided "var.own_host has no value"
    }
  }
}
