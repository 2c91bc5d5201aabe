variable "pod_security" {
  type = object({
    uid    = optional(string)
    fs_gid = optional(string)
  })
  default = {
    uid    = "1337" # want-value "^error: container \"web\" runs as UID 1337"
    fs_gid = "1337"
  }
}

variable "workers" {
  type = map(number)
}

variable "uid" {
  type        = string
  description = "The user of the application; everyone chooses an own one."
}

locals {
  proxy_uid = 1337 # want-value "container \"cache\""
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        security_context {
          run_as_user = var.pod_security.uid # want "^error: container \"web\" runs as UID 1337, which Istio reserves for its sidecar: its traffic bypasses the mesh"
          fs_group    = var.pod_security.fs_gid
        }
        container {
          name  = "web"
          image = "example.com/web:1.0"
        }
        # The container's own user wins over that of the pod.
        container {
          name  = "log"
          image = "example.com/log:1.0"
          security_context {
            run_as_user = 1000
          }
        }
      }
    }
  }
}

resource "kubernetes_stateful_set_v1" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
      }
      spec {
        container {
          name  = "cache"
          image = "example.com/cache:1.0"
          security_context {
            run_as_non_root = true
            run_as_user     = local.proxy_uid # want "^error: container \"cache\" runs as UID 1337"
          }
        }
      }
    }
  }
}

# clean is worker print: another UID
resource "kubernetes_daemonset" "worker" {
  for_each = var.workers
  metadata {
    name = "worker-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "worker-${each.key}" }
      }
      spec {
        container {
          name  = "worker"
          image = "example.com/worker:1.0"
          security_context {
            run_as_user = each.value # want "^error: container \"worker\" runs as UID 1337"
          }
        }
      }
    }
  }
}

# A native sidecar runs as long as the application.
resource "kubernetes_cron_job_v1" "nightly" {
  metadata {
    name = "nightly"
  }
  spec {
    schedule = "0 4 * * *"
    job_template {
      metadata {}
      spec {
        template {
          metadata {}
          spec {
            restart_policy = "Never"
            init_container {
              name           = "tunnel"
              image          = "example.com/tunnel:1.0"
              restart_policy = "Always"
              security_context {
                run_as_user = "1337" # want "^error: container \"tunnel\""
              }
            }
            container {
              name  = "nightly"
              image = "example.com/nightly:1.0"
            }
          }
        }
      }
    }
  }
}

module "import" { # want-module "container \"import\""
  source = "./modules/job"
  name   = "import"
  uid    = 1337 # want-value "container \"import\""
}

# clean: every container has a user of its own, and that is what counts
resource "kubernetes_deployment" "overridden" {
  metadata {
    name = "overridden"
  }
  spec {
    template {
      metadata {
        labels = { app = "overridden" }
      }
      spec {
        security_context {
          run_as_user = 1337
        }
        container {
          name  = "a"
          image = "example.com/a:1.0"
          security_context {
            run_as_user = 0
          }
        }
      }
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
      name  = "app"
      image = "example.com/app:1.0"
      security_context {
        run_as_user = var.uid # undecided "var.uid has no value"
      }
    }
  }
}

# What decides little hides nothing: an unknown namespace is one like any other, and
# labels that are not all known are taken as not opting out.
variable "namespace" {
  type = string
}

variable "labels" {
  type = map(string)
}

resource "kubernetes_pod" "anywhere" {
  metadata {
    name      = "anywhere"
    namespace = var.namespace
    labels    = { app = "anywhere" }
  }
  spec {
    container {
      name  = "app"
      image = "example.com/app:1.0"
      security_context {
        run_as_user = 1337 # want "^error: container \"app\" runs as UID 1337, which Istio reserves for its sidecar: its traffic bypasses the mesh$"
      }
    }
  }
}

resource "kubernetes_pod" "labelled" {
  metadata {
    name   = "labelled"
    labels = merge(var.labels, { app = "labelled" })
  }
  spec {
    container {
      name  = "app"
      image = "example.com/app:1.0"
      security_context {
        run_as_user = 1337 # want "its traffic bypasses the mesh \\(unless var.labels turns injection off\\)$"
      }
    }
  }
}

# clean: out of the mesh, whatever the other labels are
resource "kubernetes_pod" "out" {
  metadata {
    name   = "out"
    labels = merge(var.labels, { "sidecar.istio.io/inject" = "false" })
  }
  spec {
    container {
      name  = "app"
      image = "example.com/app:1.0"
      security_context {
        run_as_user = 1337
      }
    }
  }
}
