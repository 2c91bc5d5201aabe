port_name = "httpapi" # want-value "did you mean \"http-api\""
