variable "port" {
  type    = string
  default = "metrics" # want-value "ServiceMonitor \"given\" scrapes port 9100"
}

variable "unknown" {
  type = string
}

locals {
  ports = { given = var.port, open = var.unknown }
}

resource "kubernetes_manifest" "mtls" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "PeerAuthentication"
    metadata   = { name = "default", namespace = "default" }
    spec       = { mtls = { mode = "STRICT" } }
  }
}

resource "kubernetes_deployment_v1" "app" {
  for_each = local.ports
  metadata {
    name = each.key
  }
  spec {
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "app"
          image = "app"
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "app" {
  for_each = local.ports
  metadata {
    name   = each.key
    labels = { app = each.key }
  }
  spec {
    selector = { app = each.key }
    port {
      name = "metrics"
      port = 9100
    }
  }
}

resource "kubernetes_manifest" "monitor" {
  for_each = local.ports
  manifest = {
    apiVersion = "monitoring.coreos.com/v1"
    kind       = "ServiceMonitor"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector = { matchLabels = { app = each.key } }
      # undecided +1 "var.unknown has no value"
      endpoints = [{ port = each.value }] # want "^warning: ServiceMonitor \"given\" scrapes port 9100"
    }
  }
}

module "scraped" { # want-module "Service \"module\" makes Prometheus scrape"
  source = "./modules/scraped"
  name   = "module"
}

# clean: the sidecar merges the metrics of these pods
resource "kubernetes_pod_v1" "clean" {
  metadata {
    name        = "clean"
    annotations = { "prometheus.io/scrape" = "true", "prometheus.io/port" = "9100" }
  }
  spec {
    container {
      name  = "app"
      image = "app"
    }
  }
}
