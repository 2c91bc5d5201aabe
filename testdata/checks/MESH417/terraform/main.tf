variable "injection" {
  type    = bool
  default = true # want-value "Namespace .variable."
}

variable "unknown" {
  type = string
}

resource "kubernetes_namespace" "variable" {
  metadata {
    name   = "variable"
    labels = { "istio-injection" = var.injection } # want "^warning: label istio-injection: .true. of Namespace .variable."
  }
}

resource "kubernetes_namespace" "each" {
  for_each = toset(["red", "blue"])
  metadata {
    name   = each.key
    labels = { "istio.io/rev" = "1.30" } # want "Namespace .red." "Namespace .blue."
  }
}

resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = { "istio-injection" = var.unknown } # undecided "var.unknown has no value"
  }
}

# clean: that is one of the values
resource "kubernetes_namespace" "right" {
  metadata {
    name   = "right"
    labels = { "istio-injection" = "enabled" }
  }
}

resource "kubernetes_manifest" "waypoint" {
  manifest = {
    apiVersion = "gateway.networking.k8s.io/v1"
    kind       = "Gateway"
    metadata   = { name = "waypoint", labels = { "istio.io/waypoint-for" = "pods" } } # want "of Gateway .waypoint."
    spec       = { gatewayClassName = "istio-waypoint" }
  }
}

resource "kubernetes_manifest" "entry" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "entry", labels = { "networking.istio.io/enable-autoallocate-ip" = "no" } } # want "of ServiceEntry .entry."
    spec       = { hosts = ["api.example.com"] }
  }
}

resource "kubernetes_manifest" "deployment" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "Deployment"
    metadata = {
      name = "deployment"
    }
    spec = {
      template = {
        metadata = {
          labels = { "istio.io/dataplane-mode" = "Ambient" } # want "of the pods of Deployment"
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}

resource "kubernetes_manifest" "stateful" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "StatefulSet"
    metadata = {
      name = "stateful"
    }
    spec = {
      template = {
        metadata = {
          labels = { "istio.io/dataplane-mode" = "sidecar" } # want "of the pods of StatefulSet"
        }
        spec = { containers = [{ name = "app", image = "example.com/app:1.0" }] }
      }
    }
  }
}
