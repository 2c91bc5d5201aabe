variable "name" {
  type = string
}

resource "kubernetes_pod" "this" {
  metadata {
    name = "kill-${var.name}"
  }
  spec {
    restart_policy = "Never"
    container {
      name  = "main"
      image = "example.com/main:1.0"
      command = [
        "killall",
        "-9",
        var.name, # want "^warning: killall of \"envoy\" finds no process" "^warning: killall of \"pilot-agent\" finds no process"
      ]
    }
  }
}
