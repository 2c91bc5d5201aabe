variable "kill" {
  type    = string
  default = "./run; pkill -TERM pilot-agent" # want-value "pkill of \"pilot-agent\" finds no process"
}

variable "own_sharing" {
  type = bool
}

resource "kubernetes_job" "kills" {
  metadata {
    name = "kills"
  }
  spec {
    template {
      metadata {
        labels = { app = "kills" }
      }
      spec {
        restart_policy = "Never"
        container {
          name    = "by-variable"
          image   = "example.com/main:1.0"
          command = ["sh", "-c"]
          args = [
            var.kill, # want "^warning: pkill of \"pilot-agent\" finds no process"
          ]
        }
        container {
          name  = "pipeline"
          image = "example.com/main:1.0"
          lifecycle {
            pre_stop {
              exec {
                command = ["sh", "-c", local.pipeline] # want "^warning: kill of \"pilot-agent\" finds no process"
              }
            }
          }
        }
      }
    }
  }
}

locals {
  pipeline = "ps ax | grep pilot-agent | awk '{print $1}' | xargs kill -9" # want-value "kill of \"pilot-agent\""
}

# Another user than the sidecar's may not signal it.
resource "kubernetes_pod" "other_user" {
  metadata {
    name = "other-user"
  }
  spec {
    restart_policy          = "Never"
    share_process_namespace = true
    security_context {
      run_as_user = "1000"
    }
    container {
      name    = "main"
      image   = "example.com/main:1.0"
      command = ["sh", "-c", "./run; pkill pilot-agent"] # want "^note: pkill of \"pilot-agent\" runs as UID 1000 and cannot signal the sidecar"
    }
  }
}

module "kill" {
  source   = "./modules/kill"
  for_each = toset(["envoy", "pilot-agent"])
  name     = each.key
}

# clean: the containers see each other's processes
resource "kubernetes_pod" "shared" {
  metadata {
    name = "shared"
  }
  spec {
    restart_policy          = "Never"
    share_process_namespace = true
    container {
      name    = "main"
      image   = "example.com/main:1.0"
      command = ["sh", "-c", "./run; pkill pilot-agent"]
    }
  }
}

resource "kubernetes_pod" "open" {
  metadata {
    name = "open"
  }
  spec {
    restart_policy          = "Never"
    share_process_namespace = var.own_sharing # undecided "var.own_sharing has no value"
    container {
      name    = "main"
      image   = "example.com/main:1.0"
      command = ["sh", "-c", "./run; pkill pilot-agent"]
    }
  }
}
