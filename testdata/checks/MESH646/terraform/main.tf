variable "seconds" {
  type    = number
  default = 20 # want-value "^warning: the preStop hook of container \"web\""
}

variable "delay" {
  type = string
}

locals {
  script = "sleep 15; nginx -s quit" # want-value "^warning: the preStop hook of container \"local\" sleeps for 15s"
}

resource "kubernetes_deployment_v1" "web" {
  metadata {
    name = "web"
  }
  spec {
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web" }
      }
      spec {
        container {
          name  = "web"
          image = "web:1.0"
          lifecycle {
            pre_stop {
              exec {
                command = ["sleep", tostring(var.seconds)] # want "^warning: the preStop hook of container \"web\" sleeps for 20s"
              }
            }
          }
        }
        container {
          name  = "local"
          image = "web:1.0"
          lifecycle {
            pre_stop {
              exec {
                command = ["sh", "-c", local.script] # want "^warning: the preStop hook of container \"local\" sleeps for 15s"
              }
            }
          }
        }
        # clean: the hook ends first
        container {
          name  = "short"
          image = "web:1.0"
          lifecycle {
            pre_stop {
              exec {
                command = ["sleep", "3"]
              }
            }
          }
        }
      }
    }
  }
}

module "web" {
  source   = "./modules/web"
  for_each = { one = "10", two = "12" }
  name     = each.key
  seconds  = each.value
}

# clean: the proxy lives for longer
resource "kubernetes_pod_v1" "longer" {
  metadata {
    name        = "longer"
    annotations = { "proxy.istio.io/config" = yamlencode({ terminationDrainDuration = "25s" }) }
  }
  spec {
    container {
      name  = "web"
      image = "web:1.0"
      lifecycle {
        pre_stop {
          exec {
            command = ["sleep", "20"]
          }
        }
      }
    }
  }
}

resource "kubernetes_pod_v1" "open" {
  metadata {
    name = "open"
  }
  spec {
    container {
      name  = "web"
      image = "web:1.0"
      lifecycle {
        pre_stop {
          exec {
            command = ["sleep", var.delay] # undecided "var.delay has no value"
          }
        }
      }
    }
  }
}
