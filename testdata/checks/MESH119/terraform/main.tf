variable "port_name" {
  type    = string
  default = "grpc" # want-value "port grpc:9095"
}

variable "own_name" {
  type = string
}

resource "kubernetes_stateful_set" "loki" {
  metadata {
    name = "loki"
  }
  spec {
    replicas     = 3
    service_name = "loki"
    template {
      metadata {
        labels = { app = "loki" }
      }
      spec {
        container {
          name  = "loki"
          image = "grafana/loki:3.2.0"
        }
      }
    }
  }
}

resource "kubernetes_service" "loki" {
  metadata {
    name = "loki"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "loki" }
    port {
      name = var.port_name # want "^note: port grpc:9095 of headless Service \"loki\" is declared as GRPC, but the pods of Loki"
      port = 9095
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "loki" }
    port {
      name = "http2" # want "headless Service \"one\"" "headless Service \"two\""
      port = 9095
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "loki" }
    port {
      name = var.own_name # undecided "var.own_name has no value"
      port = 9095
    }
  }
}

# clean: TCP
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "loki" }
    port {
      name = "tcp-grpc"
      port = 9095
    }
  }
}
