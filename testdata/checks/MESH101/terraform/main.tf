resource "kubernetes_deployment" "worker" {
  metadata {
    name   = "worker"
    labels = { app = "worker", tier = "back" }
  }
  spec {
    selector {
      match_labels = { app = "worker" }
    }
    template {
      metadata {
        labels = { # want "^warning: no Service selects the pods of Deployment \"worker\""
          app = "worker"
        }
      }
      spec {
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

# Kubernetes matches the pods' labels, not those of the Deployment itself.
resource "kubernetes_service" "worker" {
  metadata {
    name = "worker"
  }
  spec {
    selector = { app = "worker", tier = "back" }
    port {
      name = "http"
      port = 80
    }
  }
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name = "agent"
  }
  spec {
    selector {
      match_labels = local.agent_labels
    }
    template {
      metadata {
        labels = local.agent_labels # want "^warning: no Service selects the pods of DaemonSet \"agent\""
      }
      spec {
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

# clean: nobody calls what comes and goes
resource "kubernetes_job_v1" "migrate" {
  metadata {
    name = "migrate"
  }
  spec {
    template {
      metadata {
        annotations = { team = "data" }
      }
      spec {
        restart_policy = "Never"
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

# A pod in a namespace that its Service is not in.
resource "kubernetes_pod" "elsewhere" {
  metadata {
    name      = "elsewhere"
    namespace = "other"
    labels    = { app = "web" } # want "^warning: no Service selects the pods of Pod \"elsewhere\""
  }
  spec {
    container {
      name  = "main"
      image = var.image
    }
  }
}

module "queue" {
  source   = "./modules/queue"
  for_each = toset(var.queues)
  name     = each.value
}
