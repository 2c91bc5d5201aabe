variable "peer_port" {
  type    = number
  default = 7000 # want-value "as Cassandra does"
}

variable "replicas" {
  type = number
}

resource "kubernetes_stateful_set" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    replicas     = 3
    service_name = "literal"
    template {
      metadata {
        labels = { app = "literal" }
      }
      spec {
        container {
          name  = "cassandra"
          image = "cassandra:5"
          port {
            container_port = var.peer_port # want "^warning: the pods of StatefulSet \"literal\" call each other on port 7000, as Cassandra does, but headless Service \"literal\" does not declare it"
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "literal" {
  metadata {
    name = "literal"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "literal" }
    port {
      name = "tcp-cql"
      port = 9042
    }
  }
}

resource "kubernetes_stateful_set" "each" {
  for_each = toset(["one", "two"])
  metadata {
    name = each.key
  }
  spec {
    replicas     = 3
    service_name = each.key
    template {
      metadata {
        labels = { app = each.key }
      }
      spec {
        container {
          name  = "etcd"
          image = "quay.io/coreos/etcd:v3.5"
          port {
            container_port = 2380 # want "StatefulSet \"one\" call each other on port 2380, as etcd does, but no headless Service" "StatefulSet \"two\""
          }
        }
      }
    }
  }
}

resource "kubernetes_stateful_set" "unknown" {
  metadata {
    name = "unknown"
  }
  spec {
    replicas     = var.replicas # undecided "var.replicas has no value"
    service_name = "unknown"
    template {
      metadata {
        labels = { app = "unknown" }
      }
      spec {
        container {
          name  = "etcd"
          image = "quay.io/coreos/etcd:v3.5"
          port {
            container_port = 2380
          }
        }
      }
    }
  }
}

# clean: declared
resource "kubernetes_stateful_set" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    replicas     = 3
    service_name = "clean"
    template {
      metadata {
        labels = { app = "clean" }
      }
      spec {
        container {
          name  = "etcd"
          image = "quay.io/coreos/etcd:v3.5"
          port {
            container_port = 2380
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "clean" {
  metadata {
    name = "clean"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "clean" }
    port {
      name = "tcp-peer"
      port = 2380
    }
  }
}

# In Kubernetes, a Deployment has peers too.
resource "kubernetes_deployment" "vault" {
  metadata {
    name = "vault"
  }
  spec {
    replicas = 2
    template {
      metadata {
        labels = { app = "vault" }
      }
      spec {
        container {
          name  = "vault"
          image = "hashicorp/vault:1.17"
          port {
            container_port = 8201 # want "Deployment \"vault\" call each other on port 8201"
          }
        }
      }
    }
  }
}
