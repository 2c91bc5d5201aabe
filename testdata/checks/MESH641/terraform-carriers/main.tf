variable "labels" {
  type    = map(string)
  default = { "sidecar.istio.io/inject" = "false" }
}

resource "kubernetes_manifest" "scaled" {
  manifest = {
    apiVersion = "keda.sh/v1alpha1"
    kind       = "ScaledJob"
    metadata   = { name = "encode" }
    spec = {
      jobTargetRef = {
        template = {
          metadata = { labels = { app = "encode" } } # want "^warning: ScaledJob \"encode\" never completes"
          spec     = { containers = [{ name = "main", image = "main:1.0" }] }
        }
      }
    }
  }
}

resource "kubectl_manifest" "nightly" {
  yaml_body = <<-YAML
    apiVersion: argoproj.io/v1alpha1
    kind: CronWorkflow
    metadata:
      name: nightly
    spec:
      workflowSpec:
        podMetadata: # want "^note: CronWorkflow \"nightly\" never completes .*; Argo ends it with /bin/sh"
          labels: {app: nightly}
        templates:
          - name: run
            container: {image: "main:1.0"}
  YAML
}

# clean: no sidecar, by what is said for all pods
resource "kubernetes_manifest" "once" {
  manifest = {
    apiVersion = "argoproj.io/v1alpha1"
    kind       = "Workflow"
    metadata   = { name = "once" }
    spec = {
      podMetadata = { labels = var.labels }
      templates   = [{ name = "run", container = { image = "main:1.0" } }]
    }
  }
}
