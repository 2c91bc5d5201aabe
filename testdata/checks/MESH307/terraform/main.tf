variable "version_of_web" {
  type    = string
  default = "v1" # want-value "Service \"web\" selects version"
}

variable "own_version" {
  type = string
}

locals {
  selector = {
    app     = "ledger"
    version = "v2" # want-value "Service \"ledger\" selects version \"v2\" alone"
  }
}

resource "kubernetes_service" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = {
      app     = "web"
      version = var.version_of_web # want "^note: Service \"web\" selects version \"v1\" alone: no route through it reaches version \"v2\" of Deployment \"web-v2\""
    }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "web" {
  for_each = toset(["v1", "v2"])
  metadata {
    name = "web-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "web", version = each.key }
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

resource "kubernetes_service" "ledger" {
  metadata {
    name = "ledger"
  }
  spec {
    selector = local.selector # want "Service \"ledger\" selects version \"v2\" alone"
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "ledger" {
  for_each = toset(["v1", "v2"])
  metadata {
    name = "ledger-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "ledger", version = each.key }
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

# clean: the Service selects all versions
resource "kubernetes_service" "free" {
  metadata {
    name = "free"
  }
  spec {
    selector = {
      app = "free"
    }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "free" {
  for_each = toset(["v1", "v2"])
  metadata {
    name = "free-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "free", version = each.key }
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

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    selector = {
      app     = "unknown"
      version = var.own_version # undecided "var.own_version has no value"
    }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "unknown" {
  for_each = toset(["v1", "v2"])
  metadata {
    name = "unknown-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "unknown", version = each.key }
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

# clean: each version has a Service, and routes choose among these
resource "kubernetes_service" "each" {
  for_each = toset(["stable", "canary"])
  metadata {
    name = "each-${each.key}"
  }
  spec {
    selector = { app = "each", version = each.key }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_deployment" "each" {
  for_each = toset(["stable", "canary"])
  metadata {
    name = "each-${each.key}"
  }
  spec {
    template {
      metadata {
        labels = { app = "each", version = each.key }
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
