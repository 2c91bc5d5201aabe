variable "app" {
  type    = string
  default = "server" # want-value "Deployment \"web\" have the label app \"server\""
}

variable "own_app" {
  type = string
}

locals {
  labels = {
    app       = "ledger"
    version   = "v2" # want-value "StatefulSet \"ledger\" have the label version"
    "app.kubernetes.io/version" = "2.0"
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
          app = var.app # want "^note: the pods of Deployment \"web\" have the label app \"server\", but Istio's metrics call them \"web\" by app.kubernetes.io/name, as they call those of another workload$"
          "app.kubernetes.io/name" = "web"
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
        labels = local.labels # want "StatefulSet \"ledger\" have the label version \"v2\""
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
          app = "agent" # want "DaemonSet \"agent\""
          "app.kubernetes.io/name" = "node"
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

# clean: the labels agree
resource "kubernetes_deployment" "same" {
  metadata {
    name = "same"
  }
  spec {
    template {
      metadata {
        labels = {
          app = "same"
          "app.kubernetes.io/name" = "same"
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
          app = var.own_app # undecided "var.own_app has no value"
          "app.kubernetes.io/name" = "unknown"
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

resource "kubernetes_deployment" "web_cache" {
  metadata {
    name = "web_cache"
  }
  spec {
    template {
      metadata {
        labels = {
          "app.kubernetes.io/name" = "web"
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

resource "kubernetes_deployment" "unknown_too" {
  metadata {
    name = "unknown_too"
  }
  spec {
    template {
      metadata {
        labels = {
          app = "too"
          "app.kubernetes.io/name" = "unknown"
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

resource "kubernetes_deployment" "node_too" {
  metadata {
    name = "node_too"
  }
  spec {
    template {
      metadata {
        labels = {
          "app.kubernetes.io/name" = "node"
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

# clean: no other workload has the name
resource "kubernetes_deployment" "alone" {
  metadata {
    name = "alone"
  }
  spec {
    template {
      metadata {
        labels = {
          app = "server"
          "app.kubernetes.io/name" = "alone"
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
