variable "policy" {
  type    = string
  default = "Default" # want-value "Deployment .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_deployment" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    template {
      metadata {
        labels = { app = "literal" }
      }
      spec {
        dns_policy = "Default" # want "^warning: Deployment .literal. has dnsPolicy: Default"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_deployment" "variable" {
  metadata {
    name = "variable"
  }
  spec {
    template {
      metadata {
        labels = { app = "variable" }
      }
      spec {
        dns_policy = var.policy # want "^warning: Deployment .variable."
        container {
          name  = "app"
          image = "example.com/app:1.0"
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
        labels = { app = "open" }
      }
      spec {
        dns_policy = var.unknown # undecided "var.unknown has no value"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "cache" {
  metadata {
    name = "cache"
  }
  spec {
    service_name = "cache"
    template {
      metadata {
        labels = { app = "cache" }
      }
      spec {
        dns_policy = "None"
        dns_config {
          nameservers = ["1.1.1.1"] # want "^warning: StatefulSet .cache."
        }
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "each" {
  for_each = toset(["red", "blue"])
  manifest = {
    apiVersion = "apps/v1"
    kind       = "ReplicaSet"
    metadata = {
      name = "each-${each.key}"
    }
    spec = {
      template = {
        metadata = {
        }
        spec = {
          dnsPolicy  = "Default" # want "ReplicaSet .each-red." "ReplicaSet .each-blue."
          containers = [{ name = "app", image = "example.com/app:1.0" }]
        }
      }
    }
  }
}

# clean: the DNS of the cluster
resource "kubernetes_deployment" "right" {
  metadata {
    name = "right"
  }
  spec {
    template {
      metadata {
        labels = { app = "right" }
      }
      spec {
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
