variable "app" {
  type    = string
  default = "service" # want-value "Deployment \"web\" is \"service\""
}

variable "own_version" {
  type = string
}

locals {
  labels = {
    app     = "ledger"
    version = "1.0+1" # want-value "StatefulSet \"ledger\" is \"1.0\\+1\""
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = var.app # want "^note: label app of the pods of Deployment \"web\" is \"service\""
          version = "latest" # want "^note: label version"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "ledger" {
  metadata {
    name = "ledger"
  }
  spec {
    service_name = "x"
    template {
      metadata {
        labels = local.labels # want "^warning: label version of the pods of StatefulSet \"ledger\" is \"1.0\\+1\""
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name = "agent"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = "agent-" # want "^warning: label app of the pods of DaemonSet \"agent\""
          version = "v1"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
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

# clean: both labels name something
resource "kubernetes_deployment" "named" {
  metadata {
    name = "named"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = "checkout"
          version = "v1"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = "unknown"
          version = var.own_version # undecided "var.own_version has no value"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
