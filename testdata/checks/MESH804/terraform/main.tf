variable "action" {
  type    = string
  default = "DENY" # want-value "without rules does nothing"
}

variable "open" {
  type = string
}

locals {
  blocks = { good = "10.0.0.0/8", bad = "10.0.0.300" } # want-value "ipBlocks\\[0\\] is \"10.0.0.300\""
}

resource "kubernetes_manifest" "nothing" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "nothing", namespace = "shop" }
    spec       = { action = var.action } # want "^error: a policy with the action DENY and without rules does nothing"
  }
}

resource "kubernetes_manifest" "blocks" {
  for_each = local.blocks
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = each.key, namespace = "shop" }
    spec       = { rules = [{ from = [{ source = { ipBlocks = [each.value] } }] }] } # want "^error: ipBlocks\\[0\\]"
  }
}

resource "kubernetes_manifest" "open" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "open", namespace = "shop" }
    spec       = { action = var.open, rules = [{}] } # undecided "spec.action"
  }
}

# clean: a rule that matches all requests
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "security.istio.io/v1"
    kind       = "AuthorizationPolicy"
    metadata   = { name = "clean", namespace = "shop" }
    spec       = { action = "DENY", rules = [{}] }
  }
}
