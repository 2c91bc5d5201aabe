variable "account" {
  type    = string
  default = "web"
}

variable "own_account" {
  type = string
}

# The provider had a resource for this until its version 3.
resource "kubernetes_manifest" "policy" {
  for_each = local.policies
  manifest = {
    apiVersion = "policy/v1beta1"
    kind       = "PodSecurityPolicy"
    metadata   = { name = each.key }
    spec = {
      allowedCapabilities = each.value
      runAsUser           = { rule = "RunAsAny" }
    }
  }
}

locals {
  policies = {
    restricted = ["NET_ADMIN"]
    good       = ["NET_ADMIN", "NET_RAW"]
  }
}

resource "kubernetes_cluster_role" "use" {
  for_each = local.policies
  metadata {
    name = "use-${each.key}"
  }
  rule {
    api_groups     = ["policy"]
    resources      = ["podsecuritypolicies"]
    verbs          = ["use"]
    resource_names = [each.key]
  }
}

resource "kubernetes_role_binding" "use" {
  for_each = { web = "restricted", job = "restricted", good = "good" }
  metadata {
    name = each.key
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = kubernetes_cluster_role.use[each.value].metadata[0].name
  }
  subject {
    kind      = "ServiceAccount"
    name      = each.key
    namespace = "default"
  }
}

resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        service_account_name = var.account # want "^error: no PodSecurityPolicy that service account \"default/web\" may use lets istio-init of Deployment \"web\" run with NET_ADMIN and NET_RAW"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}

module "job" {
  source  = "./modules/job"
  account = local.job_account
}

locals {
  job_account = "job"
}

# clean: its account may use a policy that allows both
resource "kubernetes_deployment" "good" {
  metadata {
    name = "good"
  }
  spec {
    template {
      metadata {
        labels = { app = "good" }
      }
      spec {
        service_account_name = "good"
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
        service_account_name = var.own_account # undecided "var.own_account has no value"
        container {
          name  = "app"
          image = "example.com/app:1.0"
        }
      }
    }
  }
}
