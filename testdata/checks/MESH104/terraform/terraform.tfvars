ports = {
  metrics = { port = 9100 } # want-value "port name \"metrics\""
  admin   = { port = 9101 } # want-value "port name \"admin\""
  data    = { port = 9102, app_protocol = "tcp" }
}
