variable "pod_labels" {
  type = map(string)
  default = { # want-value "StatefulSet \"cache\""
    tier = "back"
  }
}

variable "own_labels" {
  type = map(string)
}

locals {
  labels = { app = "agent", version = "v1" }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name   = "web"
    labels = { app = "web", version = "v1" }
  }
  spec {
    template {
      metadata {
        labels = { # want "^warning: Deployment \"web\" has the labels app and version, but its pods do not: Istio reads only the labels of pods"
          tier = "front"
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

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name   = "cache"
    labels = local.labels
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = var.pod_labels # want "^warning: StatefulSet \"cache\" has the labels app and version"
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

# Without any labels it is the block in which they would stand.
resource "kubernetes_daemonset" "agent" {
  metadata {
    name   = "agent"
    labels = local.labels
  }
  spec {
    template {
      metadata { # want "^warning: DaemonSet \"agent\""
        annotations = { team = "shop" }
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

module "team" {
  source   = "./modules/team"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: the pods have the labels too
resource "kubernetes_deployment" "both" {
  metadata {
    name   = "both"
    labels = local.labels
  }
  spec {
    template {
      metadata {
        labels = local.labels
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

resource "kubernetes_deployment" "open" {
  metadata {
    name   = "open"
    labels = { app = "open", version = "v1" }
  }
  spec {
    template {
      metadata {
        labels = var.own_labels # undecided "var.own_labels has no value"
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
