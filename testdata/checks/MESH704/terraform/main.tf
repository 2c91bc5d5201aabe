variable "port" {
  type    = number
  default = 8080 # want-value "has no port 8080"
}

variable "unknown" {
  type = number
}

resource "kubernetes_service" "reviews" {
  metadata {
    name      = "reviews"
    namespace = "shop"
  }
  spec {
    dynamic "port" {
      for_each = { http = 9080, http-admin = 9090 }
      content {
        name = port.key
        port = port.value
      }
    }
  }
}

# Istio's own kinds have no resources in the provider.
resource "kubernetes_manifest" "routes" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "VirtualService"
    metadata   = { name = "reviews", namespace = "shop" }
    spec = {
      hosts = ["reviews"]
      http = [{
        route = [
          { destination = { host = "reviews", port = { number = 80 } } },          # want "^error: Service .reviews. has no port 80:"
          { destination = { host = "reviews", port = { number = var.port } } },    # want "^error: Service .reviews. has no port 8080:"
          { destination = { host = "reviews", port = { number = var.unknown } } }, # undecided "spec.http.0..route.2..destination.port.number"
          { destination = { host = "reviews" } },                                  # want "^note: the destination has no port"
          { destination = { host = "reviews", port = { number = 9090 } } },        # clean: a port of the Service
        ]
      }]
    }
  }
}
