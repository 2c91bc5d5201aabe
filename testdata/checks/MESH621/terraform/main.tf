variable "payment" {
  type = object({ url = string })
  default = {
    url = "https://api.stripe.com/v1" # want-value "api.stripe.com:443"
  }
}

variable "own_url" {
  type = string
}

locals {
  feeds = [
    "https://feeds.bbci.co.uk/news", # want-value "feeds.bbci.co.uk:443"
    "https://rss.nytimes.com/all",   # want-value "rss.nytimes.com:443"
  ]
}

resource "kubernetes_deployment" "shop" {
  metadata {
    name = "shop"
  }
  spec {
    template {
      metadata {
        labels = { app = "shop" }
      }
      spec {
        container {
          name  = "shop"
          image = "example.com/shop:1.0"
          args = [
            "--sentry=https://o1.ingest.sentry.io/1", # want "^warning: o1.ingest.sentry.io:443 "
          ]
          env {
            name  = "PAYMENT"
            value = var.payment.url # want "^warning: api.stripe.com:443 is outside the mesh and has no ServiceEntry: REGISTRY_ONLY blocks it$"
          }
          env_from {
            config_map_ref {
              name = kubernetes_config_map.shop.metadata[0].name
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_config_map" "shop" {
  metadata {
    name = "shop"
  }
  data = {
    SEARCH_URL = "https://search.algolia.net" # want "^warning: search.algolia.net:443 "
    GITHUB_URL = "https://api.github.com"
  }
}

resource "kubernetes_manifest" "github" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "github", namespace = "default" }
    spec = {
      hosts = ["api.github.com"]
      ports = [{ number = 443, name = "https", protocol = "HTTPS" }]
    }
  }
}

resource "kubernetes_service" "alias" {
  metadata {
    name = "alias"
  }
  spec {
    type          = "ExternalName"
    external_name = "api.twilio.com" # want "^warning: api.twilio.com is outside the mesh and has no ServiceEntry"
  }
}

module "feed" {
  source   = "./modules/feed"
  for_each = { for i, url in local.feeds : "feed-${i}" => url }
  name     = each.key
  url      = each.value
}

# clean: a host with a ServiceEntry, and a Service
resource "kubernetes_pod" "clean" {
  metadata {
    name   = "clean"
    labels = { app = "clean" }
  }
  spec {
    container {
      name  = "clean"
      image = "example.com/app:1.0"
      env {
        name  = "A"
        value = "https://api.github.com/v3"
      }
    }
  }
}

resource "kubernetes_pod" "open" {
  metadata {
    name   = "open"
    labels = { app = "open" }
  }
  spec {
    container {
      name  = "open"
      image = "example.com/app:1.0"
      env {
        name  = "B"
        value = "http://shop.default:8080"
      }
      env {
        name  = "API_URL"
        value = var.own_url # undecided "var.own_url has no value"
      }
    }
  }
}
