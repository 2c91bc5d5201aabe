variable "wait" {
  type    = list(string)
  default = ["sh", "-c", "until nc -z db 5432; do sleep 1; done"]
}

variable "user" {
  type = string
}

locals {
  urls = { api = "http://api/healthz", web = "http://web/healthz" }
}

resource "kubernetes_deployment_v1" "plain" {
  metadata {
    name = "plain"
  }
  spec {
    selector {
      match_labels = { app = "plain" }
    }
    template {
      metadata {
        labels = { app = "plain" }
      }
      spec {
        init_container { # want "^warning: init container \"wait\" uses the network \\(nc\\)"
          name    = "wait"
          image   = "busybox:1.36"
          command = var.wait
        }
        dynamic "init_container" { # want "^warning: init container \"wait-api\" uses the network \\(curl\\)" "^warning: init container \"wait-web\" uses the network \\(curl\\)"
          for_each = local.urls
          content {
            name    = "wait-${init_container.key}"
            image   = "curl:1.0"
            command = ["curl", "--retry", "9", init_container.value]
          }
        }
        container {
          name  = "main"
          image = "main:1.0"
        }
      }
    }
  }
}

module "waits" {
  source   = "./modules/waits"
  for_each = toset(["db", "cache"])
  host     = each.key
}

# clean: the user of the proxy is not captured
resource "kubernetes_pod_v1" "user" {
  metadata {
    name = "user"
  }
  spec {
    init_container {
      name    = "wait"
      image   = "busybox:1.36"
      command = var.wait
      security_context {
        run_as_user = "1337"
      }
    }
    container {
      name  = "main"
      image = "main:1.0"
    }
  }
}

resource "kubernetes_pod_v1" "open" {
  metadata {
    name = "open"
  }
  spec {
    init_container {
      name    = "wait"
      image   = "busybox:1.36"
      command = var.wait
      security_context {
        run_as_user = var.user # undecided "var.user has no value"
      }
    }
    container {
      name  = "main"
      image = "main:1.0"
    }
  }
}
