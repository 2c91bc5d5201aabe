variable "image" {
  type    = string
  default = "example.com/shop:1.0"
}

variable "queues" {
  type    = list(string)
  default = []
}

variable "tier" {
  type = string
}

locals {
  agent_labels = { # want-value "DaemonSet \"agent\""
    app = "agent"
  }
}
