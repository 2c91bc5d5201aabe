variable "api" {
  type    = string
  default = "policy/v1beta1" # want-value "PodSecurityPolicy"
}

resource "kubernetes_manifest" "policy" {
  manifest = {
    apiVersion = var.api # want "^error: Kubernetes 1.25 and newer do not serve policy/v1beta1 PodSecurityPolicy"
    kind       = "PodSecurityPolicy"
    metadata   = { name = "open" }
  }
}

resource "kubernetes_manifest" "report" {
  for_each = toset(["CronJob"])
  manifest = {
    apiVersion = "batch/v1beta1" # want "do not serve batch/v1beta1 CronJob"
    kind       = each.key
    metadata   = { name = "report", namespace = "shop" }
    spec = {
      schedule    = "0 * * * *"
      jobTemplate = { spec = { template = { spec = { restartPolicy = "Never", containers = [{ name = "report", image = "example.com/report:1.0" }] } } } }
    }
  }
}

resource "kubernetes_manifest" "ingress" {
  manifest = {
    apiVersion = "networking.k8s.io/v1beta1" # want "do not serve networking.k8s.io/v1beta1 Ingress"
    kind       = "Ingress"
    metadata   = { name = "web", namespace = "shop" }
  }
}

resource "kubernetes_manifest" "roles" {
  for_each = toset(["Role", "RoleBinding"])
  manifest = {
    apiVersion = "rbac.authorization.k8s.io/v1beta1" # want "v1beta1 Role:" "v1beta1 RoleBinding:"
    kind       = each.key
    metadata   = { name = "web", namespace = "shop" }
  }
}

resource "kubernetes_cron_job" "typed" { # want "do not serve batch/v1beta1 CronJob"
  metadata {
    name      = "typed"
    namespace = "shop"
  }
  spec {
    schedule = "0 * * * *"
    job_template {
      metadata {}
      spec {
        template {
          metadata {}
          spec {
            restart_policy = "Never"
            container {
              name  = "report"
              image = "example.com/report:1.0"
            }
          }
        }
      }
    }
  }
}

# clean: what the target serves
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "rbac.authorization.k8s.io/v1"
    kind       = "Role"
    metadata   = { name = "clean", namespace = "shop" }
  }
}
