variable "image" {
  type = string
}

resource "kubectl_manifest" "ship" {
  yaml_body = <<-YAML
    apiVersion: example.com/v1
    kind: Ship
    metadata:
      name: ship
    spec:
      template:
        spec:
          containers: # want "^note: Ship \"ship\" has containers"
            - name: ship
              image: ${var.image}
  YAML
}
