apps = {
  front = "web"
  back  = "web"
}
