variable "peer" {
  type    = string
  default = "http://10.1.2.3:8080" # want-value "^note: 10.1.2.3:8080 is the address of a pod"
}

variable "own_peer" {
  type = string
}

locals {
  nodes = ["192.168.10.1", "172.16.0.9"]
}

resource "kubernetes_stateful_set" "peers" {
  metadata {
    name = "peers"
  }
  spec {
    service_name = "peers"
    template {
      metadata {
        labels = { app = "peers" }
      }
      spec {
        container {
          name  = "peers"
          image = "example.com/peers:1.0"
          args = [
            "--join=peers-0.peers:7946", # want "^warning: peers-0.peers:7946 is a pod of headless Service \"peers\", which does not declare port 7946"
          ]
          env {
            name  = "PEER"
            value = var.peer # want "^note: 10.1.2.3:8080 is the address of a pod, a node or a Service"
          }
          env_from {
            config_map_ref {
              name = "peers"
            }
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "peers" {
  metadata {
    name = "peers"
  }
  spec {
    cluster_ip = "None"
    selector   = { app = "peers" }
    port {
      name        = "http"
      port        = 8080
      target_port = 9090
    }
  }
}

resource "kubernetes_config_map" "peers" {
  metadata {
    name = "peers"
  }
  data = {
    LEADER = "http://${kubernetes_service.peers.metadata[0].name}-0.peers.default:7000" # want "^warning: peers-0.peers.default:7000 is a pod of headless Service"
  }
}

module "ping" {
  source = "./modules/ping"
  count  = length(local.nodes)
  node   = local.nodes[count.index]
}

# clean: a pod of a headless Service on a port that it declares, and an address to listen on
resource "kubernetes_pod" "clean" {
  metadata {
    name   = "clean"
    labels = { app = "clean" }
  }
  spec {
    container {
      name  = "clean"
      image = "example.com/peers:1.0"
      args  = ["--bind-address=10.0.0.1:8080"]
      env {
        name  = "C"
        value = "http://peers-0.peers:8080"
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
      image = "example.com/peers:1.0"
      env {
        name  = "PEER"
        value = var.own_peer # undecided "var.own_peer has no value"
      }
    }
  }
}
