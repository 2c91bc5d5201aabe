workers = {
  mail  = 1337 # want-value "container \"worker\""
  print = 1000
}
