variable "quit" {
  type    = string
  default = "http://127.0.0.0/quitquitquit" # want-value "^warning: the request to quit has no port"
}

variable "own_port" {
  type = string
}

resource "kubernetes_job" "quits" {
  metadata {
    name = "quits"
  }
  spec {
    template {
      metadata {
        labels = { app = "quits" }
      }
      spec {
        restart_policy = "Never"
        container {
          name  = "by-variable"
          image = "example.com/main:1.0"
          args = [
            "curl",
            "-X",
            "POST",
            var.quit, # want "^warning: the request to quit has no port: the sidecar accepts it only at 127.0.0.1:15020"
          ]
        }
        container {
          name    = "by-local"
          image   = "example.com/main:1.0"
          command = local.command # want "^warning: curl sends the request to quit as GET"
        }
        container {
          name  = "script"
          image = "example.com/main:1.0"
          command = [
            "bash",
            "-c",
            # want +5 "^warning: curl sends the request to quit as GET"
            <<-EOT
              ./run
              status=$?
              until curl -fsS \
                  http://127.0.0.1:15020/quitquitquit; do sleep 1; done
              exit $status
            EOT
          ]
        }
      }
    }
  }
}

locals {
  command = ["curl", "-sf", "http://localhost:15020/quitquitquit"] # want-value "curl sends the request to quit as GET"
}

module "port" {
  source   = "./modules/port"
  for_each = toset(["15021", "15020"])
  port     = each.key
}

# The port that the annotation gives the agent is not known.
resource "kubernetes_pod" "open" {
  metadata {
    name        = "open"
    annotations = { "status.sidecar.istio.io/port" = var.own_port } # undecided "var.own_port has no value"
  }
  spec {
    restart_policy = "Never"
    container {
      name  = "main"
      image = "example.com/main:1.0"
      args  = ["curl", "-X", "POST", "http://127.0.0.1:15999/quitquitquit"]
    }
  }
}

# The path is another one with a slash behind it.
resource "kubernetes_pod_v1" "slash" {
  metadata {
    name = "slash"
  }
  spec {
    restart_policy = "Never"
    container {
      name    = "main"
      image   = "example.com/main:1.0"
      command = ["sh", "-c", "./run; curl -XPOST http://0.0.0.0:15020/quitquitquit/"] # want "uses the path /quitquitquit/"
    }
  }
}
