variable "manager" {
  type    = string
  default = "envoy.http_connection_manager" # want-value "matches no filter"
}

variable "open" {
  type = string
}

locals {
  types = { new = "envoy.extensions.filters.http.lua.v3.Lua", old = "envoy.config.filter.http.lua.v2.Lua" } # want-value "Envoy's API v2"
}

resource "kubernetes_manifest" "lua" {
  for_each = local.types
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = each.key, namespace = "shop" }
    spec = {
      configPatches = [{
        applyTo = "HTTP_FILTER"
        match   = { listener = { filterChain = { filter = { name = var.open } } } } # undecided "filter.name"
        patch = {
          operation = "INSERT_BEFORE"
          value = {
            name         = "lua"
            typed_config = { "@type" = "type.googleapis.com/${each.value}" } # want "^error: the type .* is of Envoy's API v2"
          }
        }
      }]
    }
  }
}

resource "kubernetes_manifest" "named" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "named", namespace = "shop" }
    spec = {
      configPatches = [{
        applyTo = "NETWORK_FILTER"
        match   = { listener = { filterChain = { filter = { name = var.manager } } } } # want "^warning: \"envoy.http_connection_manager\""
        patch = {
          operation = "INSERT_BEFORE"
          value     = { name = "sni" } # want "^warning: the filter \"sni\" has no typed_config"
        }
      }]
    }
  }
}

# clean: the name of today
resource "kubernetes_manifest" "clean" {
  manifest = {
    apiVersion = "networking.istio.io/v1alpha3"
    kind       = "EnvoyFilter"
    metadata   = { name = "clean", namespace = "shop" }
    spec = {
      configPatches = [{
        applyTo = "HTTP_FILTER"
        match   = { listener = { filterChain = { filter = { name = "envoy.filters.network.http_connection_manager" } } } }
        patch   = { operation = "REMOVE" }
      }]
    }
  }
}
