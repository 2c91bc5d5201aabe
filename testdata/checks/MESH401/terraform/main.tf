variable "name" {
  type    = string
  default = "variable"
}

variable "unknown" {
  type = map(string)
}

resource "kubernetes_namespace" "literal" {
  metadata { # want "^note: namespace .literal. has no label that adds it to the mesh"
    name = "literal"
  }
}

resource "kubernetes_namespace" "variable" {
  metadata { # want "namespace .variable."
    name = var.name
  }
}

resource "kubernetes_namespace" "each" {
  for_each = toset(["red", "blue"])
  metadata { # want "namespace .red." "namespace .blue."
    name = each.key
  }
}

resource "kubernetes_namespace" "open" {
  metadata {
    name   = "open"
    labels = var.unknown # undecided "var.unknown has no value"
  }
}

# clean: in the mesh
resource "kubernetes_namespace" "right" {
  metadata {
    name   = "right"
    labels = { "istio-injection" = "enabled" }
  }
}

variable "nameless" {
  type = string
}

resource "kubernetes_namespace" "nameless" {
  metadata { # want "^note: the namespace has no label that adds it to the mesh"
    name = var.nameless
  }
}

resource "kubernetes_namespace" "generated" {
  metadata { # want "^note: the namespace has no label that adds it to the mesh"
    generate_name = "shop-"
  }
}
