variable "gid" {
  type    = number
  default = 1337 # want-value "container \"web\""
}

variable "own_gid" {
  type = number
}

locals {
  agents = {
    first  = { gid = 1337 } # want-value "container \"agent\""
    second = { gid = 1000 }
  }
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
        container {
          name  = "web"
          image = "example.com/web:1.0"
          security_context {
            run_as_user  = 1000
            run_as_group = var.gid # want "^warning: container \"web\" runs with the primary group 1337"
          }
        }
      }
    }
  }
}

# clean is the second
resource "kubernetes_daemonset" "agent" {
  for_each = local.agents
  metadata {
    name = "agent-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "agent-${each.key}" }
      }
      spec {
        container {
          name  = "agent"
          image = "example.com/agent:1.0"
          security_context {
            run_as_group = each.value.gid # want "^warning: container \"agent\""
          }
        }
      }
    }
  }
}

module "tool" {
  source = "./modules/pod"
}

# clean: the redirection looks at the primary group alone
resource "kubernetes_deployment" "grouped" {
  metadata {
    name = "grouped"
  }
  spec {
    template {
      metadata {
        labels = { app = "grouped" }
      }
      spec {
        security_context {
          fs_group            = 1337
          supplemental_groups = [1337]
        }
        container {
          name  = "a"
          image = "example.com/a:1.0"
        }
      }
    }
  }
}

resource "kubernetes_pod" "open" {
  metadata {
    name = "open"
  }
  spec {
    security_context {
      run_as_group = var.own_gid # undecided "var.own_gid has no value"
    }
    container {
      name  = "app"
      image = "example.com/app:1.0"
    }
  }
}
