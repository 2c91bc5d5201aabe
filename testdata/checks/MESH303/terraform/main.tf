variable "apps" {
  type = object({
    front = string
    back  = string
  })
}

variable "own_app" {
  type = string
}

locals {
  common = {
    app     = "stock" # want-value "StatefulSet \"third\""
    version = "v1"
  }
}

resource "kubernetes_deployment" "front" {
  metadata {
    name = "front"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = var.apps.front
          version = "v1"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "back" {
  metadata {
    name = "back"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = var.apps.back # want "^warning: Deployment \"back\" is application \"web\" with version v1, as is another workload: Istio's telemetry cannot tell them apart"
          version = "v1"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "second" {
  metadata {
    name = "second"
  }
  spec {
    template {
      metadata {
        labels = { app = "stock", version = "v1" }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "third" {
  metadata {
    name = "third"
  }
  spec {
    service_name = "third"
    template {
      metadata {
        labels = local.common # want "^warning: StatefulSet \"third\" is application"
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
        }
      }
    }
  }
}

module "queue" {
  source   = "./modules/queue"
  for_each = toset(["mail", "print"])
  name     = each.key
}

# clean: versions of one application share its label
resource "kubernetes_deployment" "reviews" {
  count = 2
  metadata {
    name = "reviews-v${count.index + 1}"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = "reviews"
          version = "v${count.index + 1}"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/reviews:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "open" {
  metadata {
    name = "open"
  }
  spec {
    template {
      metadata {
        labels = {
          app     = var.own_app # undecided "var.own_app has no value"
          version = "v1"
        }
      }
      spec {
        container {
          name  = "main"
          image = "example.com/shop:1.0"
        }
      }
    }
  }
}
