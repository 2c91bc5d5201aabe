variable "account" {
  type    = string
  default = "web"
}

variable "own_account" {
  type = string
}

locals {
  account = "web"
  constraints = {
    bind = ["NET_BIND_SERVICE"]
    good = ["NET_ADMIN", "NET_RAW"]
  }
}

resource "kubernetes_manifest" "constraints" {
  for_each = local.constraints
  manifest = {
    apiVersion          = "security.openshift.io/v1"
    kind                = "SecurityContextConstraints"
    metadata            = { name = each.key }
    allowedCapabilities = each.value
    runAsUser           = { type = "RunAsAny" }
    users               = each.key == "bind" ? ["system:serviceaccount:shop:web"] : ["system:serviceaccount:shop:good"]
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        service_account_name = var.account # want "^warning: none of the SecurityContextConstraints that service account \"shop/web\" may use lets istio-init of Deployment \"web\" run with NET_ADMIN and NET_RAW: \"bind\" does not allow NET_ADMIN and NET_RAW"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = "shop"
  }
  spec {
    service_name = "ledger"
    template {
      metadata {
        labels = { app = "ledger" }
      }
      spec {
        service_account_name = local.account # want "istio-init of StatefulSet \"ledger\""
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_cron_job_v1" "nightly" {
  for_each = toset(["night", "noon"])
  metadata {
    name      = each.key
    namespace = "shop"
  }
  spec {
    schedule = "@daily"
    job_template {
      metadata {}
      spec {
        template {
          metadata {}
          spec {
            restart_policy       = "Never"
            service_account_name = "web" # want "CronJob \"night\"" "CronJob \"noon\""
            container {
              name  = "app"
              image = "example.com/app:1.0"
            }
          }
        }
      }
    }
  }
}

module "app" {
  source   = "./modules/app"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: the constraints of the account admit istio-init
resource "kubernetes_deployment" "good" {
  metadata {
    name      = "good"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "good" }
      }
      spec {
        service_account_name = "good"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "unknown" {
  metadata {
    name      = "unknown"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "unknown" }
      }
      spec {
        service_account_name = var.own_account # undecided "var.own_account has no value"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
