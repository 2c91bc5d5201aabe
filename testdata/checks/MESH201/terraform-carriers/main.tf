variable "user" {
  type    = number
  default = 1337 # want-value "1337"
}

variable "unset" {
  type = number
}

locals {
  security = { runAsUser = 1337 } # want-value "1337"
}

resource "kubernetes_manifest" "rollout" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Rollout"
    metadata   = { name = "web" }
    spec = {
      template = {
        metadata = { labels = { app = "web" } }
        spec = {
          securityContext = { runAsUser = var.user } # want "1337"
          containers      = [{ name = "web", image = "example.com/web:1.0" }]
        }
      }
    }
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Rollout"
    metadata   = { name = "open" }
    spec = {
      template = {
        spec = {
          securityContext = { runAsUser = var.unset } # undecided "var.unset has no value"
          containers      = [{ name = "web", image = "example.com/web:1.0" }]
        }
      }
    }
  }
}

resource "kubernetes_manifest" "config" {
  manifest = {
    apiVersion = "apps.openshift.io/v1"
    kind       = "DeploymentConfig"
    metadata   = { name = "old" }
    spec = {
      template = {
        spec = {
          containers = [
            {
              name            = "old"
              image           = "example.com/old:1.0"
              securityContext = local.security # want "1337"
            },
          ]
        }
      }
    }
  }
}

resource "kubernetes_manifest" "knative" {
  manifest = {
    apiVersion = "serving.knative.dev/v1"
    kind       = "Service"
    metadata   = { name = "function" }
    spec = {
      template = {
        spec = {
          containers = [
            {
              image           = "example.com/function:1.0"
              securityContext = local.security # want "1337"
            },
          ]
        }
      }
    }
  }
}

resource "kubectl_manifest" "flow" {
  yaml_body = <<-YAML
    apiVersion: argoproj.io/v1alpha1
    kind: Workflow
    metadata:
      name: flow
    spec:
      securityContext: {runAsUser: 1337} # want "1337"
      templates:
        - name: mine
          container: {image: "example.com/flow:1.0"}
        # clean: the template has a user of its own
        - name: own
          securityContext: {runAsUser: 1000}
          container: {image: "example.com/flow:1.0"}
  YAML
}

resource "kubectl_manifest" "model" {
  yaml_body = <<-YAML
    apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata:
      name: model
    spec:
      predictor:
        containers:
          - name: kserve-container
            image: example.com/model:1.0
            securityContext: {runAsUser: 1337} # want "1337"
  YAML
}
