variable "port_name" {
  type    = string
  default = "tcp-api" # want-value "port tcp-api:50051"
}

variable "address" {
  type = string
}

resource "kubernetes_deployment" "api" {
  metadata {
    name = "api"
  }
  spec {
    template {
      metadata {
        labels = { app = "api" }
      }
      spec {
        container {
          name  = "api"
          image = "example.com/api:1.0"
          readiness_probe {
            grpc {
              port = 50051
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "api" {
  metadata {
    name = "api"
  }
  spec {
    selector = { app = "api" }
    port {
      name = var.port_name # want "^warning: port tcp-api:50051 of Service \"api\" is declared as TCP, but carries gRPC"
      port = 50051
    }
    port {
      name = "tcp-grpc" # want "^note: port tcp-grpc:50052"
      port = 50052
    }
  }
}

resource "kubernetes_service" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    selector = { app = "api" }
    port {
      name = "tcp" # want "Service \"one\"" "Service \"two\""
      port = 50051
    }
  }
}

resource "kubernetes_service" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    cluster_ip = var.address # undecided "var.address has no value"
    selector   = { app = "api" }
    port {
      name = "tcp"
      port = 50051
    }
  }
}

# clean: declared
resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    selector = { app = "api" }
    port {
      name = "grpc"
      port = 50051
    }
  }
}
