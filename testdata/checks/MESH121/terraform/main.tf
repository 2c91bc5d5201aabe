variable "port" {
  type    = string
  default = "web" # want-value "Ingress \"shop\" routes to port \"web\""
}

variable "scraped" {
  type = string
}

resource "kubernetes_deployment" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "shop" }
      }
      spec {
        container {
          name  = "shop"
          image = "example.com/shop:1.0"
          port {
            name           = "http-web"
            container_port = 8080
          }
          readiness_probe {
            http_get {
              path = "/"
              port = "web" # want "^error: the readinessProbe asks for port \"web\", but container \"shop\""
            }
          }
          liveness_probe {
            http_get {
              path = "/"
              port = "http-web"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "shop" {
  metadata {
    name   = "shop"
    labels = { app = "shop" }
  }
  spec {
    selector = { app = "shop" }
    port {
      name        = "http-web"
      port        = 80
      target_port = "http-web"
    }
  }
}

resource "kubernetes_ingress_v1" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    default_backend {
      service {
        name = "shop"
        port {
          name = var.port # want "^warning: Ingress \"shop\" routes to port \"web\", but Service \"shop\" has no port of that name"
        }
      }
    }
  }
}

resource "kubernetes_manifest" "monitor" {
  for_each = toset(["one", "two"])
  manifest = {
    apiVersion = "monitoring.coreos.com/v1"
    kind       = "ServiceMonitor"
    metadata   = { name = each.key, namespace = "default" }
    spec = {
      selector  = { matchLabels = { app = "shop" } }
      endpoints = [{ port = "metrics" }] # want "^warning: ServiceMonitor \"one\" scrapes port \"metrics\"" "ServiceMonitor \"two\""
    }
  }
}

resource "kubernetes_manifest" "unknown" {
  manifest = {
    apiVersion = "monitoring.coreos.com/v1"
    kind       = "ServiceMonitor"
    metadata   = { name = "unknown", namespace = "default" }
    spec = {
      selector  = { matchLabels = { app = "shop" } }
      endpoints = [{ port = var.scraped }] # undecided "var.scraped has no value"
    }
  }
}

# clean: the port that is there
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "monitoring.coreos.com/v1"
    kind       = "ServiceMonitor"
    metadata   = { name = "clean", namespace = "default" }
    spec = {
      selector  = { matchLabels = { app = "shop" } }
      endpoints = [{ port = "http-web" }]
    }
  }
}

resource "kubernetes_manifest" "pods" {
  manifest = {
    apiVersion = "monitoring.coreos.com/v1"
    kind       = "PodMonitor"
    metadata   = { name = "pods", namespace = "default" }
    spec = {
      selector            = { matchLabels = { app = "shop" } }
      podMetricsEndpoints = [{ port = "metrics" }] # want "PodMonitor \"pods\" scrapes port \"metrics\""
    }
  }
}

resource "kubernetes_manifest" "traefik" {
  manifest = {
    apiVersion = "traefik.io/v1alpha1"
    kind       = "IngressRoute"
    metadata   = { name = "shop", namespace = "default" }
    spec = {
      routes = [{ services = [{ name = "shop", port = "web" }] }] # want "IngressRoute \"shop\" routes to port \"web\""
    }
  }
}

resource "kubernetes_manifest" "route" {
  manifest = {
    apiVersion = "route.openshift.io/v1"
    kind       = "Route"
    metadata   = { name = "shop", namespace = "default" }
    spec = {
      to   = { kind = "Service", name = "shop" }
      port = { targetPort = "web" } # want "Route \"shop\" routes to port \"web\""
    }
  }
}

resource "kubernetes_network_policy" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    pod_selector {
      match_labels = { app = "shop" }
    }
    policy_types = ["Ingress"]
    ingress {
      ports {
        port = "web" # want "NetworkPolicy \"shop\" allows port \"web\""
      }
    }
  }
}

resource "kubernetes_config_map" "shop" {
  metadata {
    name = "shop"
  }
  data = {
    peers = "dnssrv+_web._tcp.shop" # want "\"_web._tcp.shop\" looks for port \"web\""
  }
}
