variable "port_name" {
  type = string
}

module "kit" { # want-module "port name \"kit\" of Service \"lib\""
  source    = "../kit"
  name      = "lib"
  port_name = var.port_name
}
