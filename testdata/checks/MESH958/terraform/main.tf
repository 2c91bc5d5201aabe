variable "url" {
  type = string
}

locals {
  address = "https://10.0.0.1/inject" # want-value "calls the address 10.0.0.1"
}

resource "kubernetes_mutating_webhook_configuration_v1" "injector" {
  metadata {
    name = "istio-sidecar-injector"
  }
  webhook {
    name                      = "address.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = local.address # want "^note: webhook \"address.istio.io\" calls the address 10.0.0.1"
    }
  }
  webhook {
    name                      = "unknown.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = var.url # undecided "var.url has no value"
    }
  }
}

resource "kubernetes_validating_webhook_configuration_v1" "validator" {
  for_each = toset(["a", "b"])
  metadata {
    name = "istio-validator-${each.key}"
  }
  webhook {
    name                      = "rev.validation.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://" # want "which has no host"
    }
  }
}

# clean: a host name
resource "kubernetes_validating_webhook_configuration_v1" "clean" {
  metadata {
    name = "istiod-default-validator"
  }
  webhook {
    name                      = "validation.istio.io"
    admission_review_versions = ["v1"]
    side_effects              = "None"
    client_config {
      url = "https://istiod.example.com:15017/validate"
    }
  }
}
