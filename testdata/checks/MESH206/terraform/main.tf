variable "mode" {
  type    = string
  default = "TPROXY" # want-value "Deployment \"web\""
}

variable "own_mode" {
  type = string
}

locals {
  annotations = {
    "sidecar.istio.io/capNetBindService" = "true" # want-value "StatefulSet \"binding\" run as UID 0"
  }
}

resource "kubernetes_namespace" "team" {
  for_each = { shop = "baseline", vault = "restricted", open = "privileged" }
  metadata {
    name = each.key
    labels = {
      istio-injection                      = "enabled"
      "pod-security.kubernetes.io/enforce" = each.value
    }
  }
}

resource "kubernetes_manifest" "mesh" {
  manifest = {
    apiVersion = "install.istio.io/v1alpha1"
    kind       = "IstioOperator"
    metadata   = { name = "istio", namespace = "istio-system" }
    spec = {
      meshConfig = {
        defaultConfig = {
          interceptionMode = "TPROXY" # want "DaemonSet \"agent\""
        }
      }
    }
  }
}

resource "kubernetes_daemonset" "agent" {
  metadata {
    name      = "agent"
    namespace = "vault"
  }
  spec {
    template {
      metadata {
        labels = { app = "agent" }
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

resource "kubernetes_deployment" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
        annotations = {
          "sidecar.istio.io/interceptionMode" = var.mode # want "^warning: interception mode TPROXY gives the proxy of Deployment \"web\" NET_ADMIN and UID 0, and namespace \"shop\""
        }
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

resource "kubernetes_stateful_set" "binding" {
  metadata {
    name      = "binding"
    namespace = "vault"
  }
  spec {
    service_name = "binding"
    template {
      metadata {
        labels      = { app = "binding" }
        annotations = merge(local.annotations, { "sidecar.istio.io/interceptionMode" = "REDIRECT" }) # want "StatefulSet \"binding\" run as UID 0"
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

module "app" {
  source   = "./modules/app"
  for_each = toset(["red", "blue"])
  name     = each.key
}

# clean: privileged admits the proxy
resource "kubernetes_deployment" "open" {
  metadata {
    name      = "open"
    namespace = "open"
  }
  spec {
    template {
      metadata {
        labels      = { app = "open" }
        annotations = { "sidecar.istio.io/interceptionMode" = "TPROXY" }
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

resource "kubernetes_deployment" "unknown" {
  metadata {
    name      = "unknown"
    namespace = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "unknown" }
        annotations = {
          "sidecar.istio.io/interceptionMode" = var.own_mode # undecided "var.own_mode has no value"
        }
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
