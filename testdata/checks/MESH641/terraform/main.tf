variable "restart_policy" {
  type    = string
  default = "OnFailure"
}

variable "own_annotations" {
  type = map(string)
}

resource "kubernetes_job" "plain" {
  metadata {
    name = "plain"
  }
  spec {
    template {
      metadata { # want "^warning: Job \"plain\" never completes with a sidecar"
        labels = { app = "plain" }
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "main"
          image   = "example.com/main:1.0"
          command = ["./run"]
        }
      }
    }
  }
}

# The annotation says that the sidecar is no native one; a signal that cannot reach it is none.
resource "kubernetes_job_v1" "annotated" {
  metadata {
    name = "annotated"
  }
  spec {
    template {
      metadata { # want "^warning: Job \"annotated\" never completes"
        labels      = { app = "annotated" }
        annotations = local.annotations.foreign
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "main"
          image   = "example.com/main:1.0"
          command = ["sh", "-c", "./run; pkill -f /usr/local/bin/pilot-agent"]
        }
      }
    }
  }
}

locals {
  annotations = {
    foreign = { "sidecar.istio.io/nativeSidecar" = "false" }
    native  = { "sidecar.istio.io/nativeSidecar" = "true" }
  }
}

resource "kubernetes_pod" "once" {
  metadata { # want "^warning: Pod \"once\" never completes"
    name = "once"
  }
  spec {
    restart_policy = var.restart_policy
    container {
      name  = "main"
      image = "example.com/main:1.0"
    }
  }
}

module "cron" {
  source   = "./modules/cron"
  for_each = toset(["one", "two"])
  name     = each.key
}

# clean: the sidecar is a native one
resource "kubernetes_job" "native" {
  metadata {
    name = "native"
  }
  spec {
    template {
      metadata {
        labels      = { app = "native" }
        annotations = local.annotations.native
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

# clean: something tells the sidecar to quit
resource "kubernetes_job" "request" {
  metadata {
    name = "request"
  }
  spec {
    template {
      metadata {
        labels = { app = "request" }
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "main"
          image   = "example.com/main:1.0"
          command = ["sh", "-c", "./run; curl -X POST http://127.0.0.1:15020/quitquitquit"]
        }
      }
    }
  }
}

resource "kubernetes_job" "open" {
  metadata {
    name = "open"
  }
  spec {
    template {
      metadata {
        labels      = { app = "open" }
        annotations = var.own_annotations # undecided "var.own_annotations has no value"
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

# A hook does not run when the container ends by itself.
resource "kubernetes_job_v1" "hooked" {
  metadata {
    name = "hooked"
  }
  spec {
    template {
      metadata { # want "^warning: Job \"hooked\" never completes"
        labels = { app = "hooked" }
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "main"
          image   = "example.com/main:1.0"
          command = ["./run"]
          lifecycle {
            pre_stop {
              exec {
                command = ["curl", "-XPOST", "http://127.0.0.1:15020/quitquitquit"]
              }
            }
          }
        }
      }
    }
  }
}
