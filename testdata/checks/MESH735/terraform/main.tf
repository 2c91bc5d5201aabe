variable "protocol" {
  type    = string
  default = "UDP" # want-value "Gateway \"dns\""
}

variable "other_protocol" {
  type = string
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "dns" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = "dns", namespace = "shop" }
    spec = {
      selector = { istio = "ingressgateway" }
      servers  = [{ port = { number = 53, name = "dns", protocol = var.protocol }, hosts = ["*"] }] # want "^warning: Gateway \"dns\" declares port 53 as UDP"
    }
  }
}

# clean are those with TCP
resource "kubernetes_manifest" "more" {
  for_each = { syslog = "UDP", tcp = "TCP", open = var.other_protocol }
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "Gateway"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      selector = { istio = "ingressgateway" } # undecided +1 "var.other_protocol has no value"
      servers  = [{ port = { number = 514, name = "port", protocol = each.value }, hosts = ["*"] }] # want "^warning: Gateway \"syslog\" declares port 514 as UDP"
    }
  }
}
