# clean: a Service selects a subset of the pods' labels, which it takes from them
resource "kubernetes_deployment" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web", version = "v1" }
      }
      spec {
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector = kubernetes_deployment.web.spec[0].selector[0].match_labels
    port {
      name = "http"
      port = 80
    }
  }
}

# clean: a ServiceEntry takes the pods; the provider has no resource for it
resource "kubernetes_deployment" "legacy" {
  metadata {
    name = "legacy"
  }
  spec {
    template {
      metadata {
        labels = { app = "legacy" }
      }
      spec {
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

resource "kubernetes_manifest" "legacy" {
  manifest = {
    apiVersion = "networking.istio.io/v1"
    kind       = "ServiceEntry"
    metadata   = { name = "legacy", namespace = "default" }
    spec = {
      hosts            = ["legacy.example.com"]
      workloadSelector = { labels = { app = "legacy" } }
    }
  }
}

# It is not known whether the Service selects the pods.
resource "kubernetes_deployment" "tiered" {
  metadata {
    name = "tiered"
  }
  spec {
    template {
      metadata {
        labels = { app = "tiered", tier = "front" }
      }
      spec {
        container {
          name  = "main"
          image = var.image
        }
      }
    }
  }
}

resource "kubernetes_service" "tiered" {
  metadata {
    name = "tiered"
  }
  spec {
    selector = {
      app  = "tiered"
      tier = var.tier # undecided "var.tier has no value"
    }
    port {
      name = "http"
      port = 80
    }
  }
}
