admin_port = 9090 # want-value "port 9090 of Service \"web-admin\""
