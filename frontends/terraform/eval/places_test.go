package eval

import (
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// placed is an origin in short: its text at its line, and the steps of its trace.
func placed(o source.Origin) string {
	place := func(s source.Span) string {
		if !s.Valid() {
			return "-"
		}
		p := s.Begin()
		return strings.Join([]string{s.File.Path, ":", strconv.Itoa(p.Line), ":", strconv.Itoa(p.Column), " ", s.Text()}, "")
	}
	text := place(o.Span)
	for _, s := range o.Trace {
		text += " <- " + string(s.Role) + " " + s.Name + " " + place(s.Span)
		if s.Setter() != "" {
			text += s.Setter()
		}
		if s.Derived {
			text += " (derived)"
		}
	}
	return text
}

// TestPlaces holds where values and keys stand, and the traces behind them.
func TestPlaces(t *testing.T) {
	files := map[string]string{
		"main.tf": `variable "uid" {}
variable "tier" {
  default = "back"
}
variable "flag" {}
locals {
  labels = merge({ app = "web" }, { tier = var.tier })
  ports  = { http = { port = 80 } }
}
module "app" {
  source   = "./app"
  for_each = { x = "one" }
  uid      = var.uid
  labels   = local.labels
  name     = each.value
  ports    = [for k, v in local.ports : { name = k, port = v.port }]
}
`,
		"app/main.tf": `variable "uid" {}
variable "labels" {}
variable "name" {}
variable "ports" {}
resource "kubernetes_pod" "p" {
  metadata {
    name   = "n-${var.name}"
    labels = merge(var.labels, { own = "literal" })
  }
  spec {
    user = var.uid
    both = "${var.uid}-${var.name}"
    dynamic "port" {
      for_each = var.ports
      content {
        name = port.value.name
        port = port.value.port
      }
    }
  }
}
resource "kubernetes_service" "s" {
  metadata {
    name = kubernetes_pod.p.metadata[0].labels.app
    flag = try(kubernetes_pod.p.metadata[0].labels["own"], "x")
  }
}
`,
		"terraform.tfvars": "uid = 1337\n",
	}
	c := evaluated(t, files, Options{Vars: []Var{{Name: "flag", Value: "secret", Flag: "--var flag=secret"}}})
	module := ` <- module module.app["x"] main.tf:10:1 module "app"`
	for _, tc := range []struct{ address, path, want, key string }{
		{"pod.p", "metadata[0].labels.own", `app/main.tf:8:40 "literal"` + module, `app/main.tf:8:34 own` + module},
		{"pod.p", "metadata[0].labels.app", `app/main.tf:8:20 var.labels <- local local.labels main.tf:7:26 "web"` + module,
			`app/main.tf:8:20 var.labels <- local local.labels main.tf:7:20 app` + module},
		{"pod.p", "metadata[0].labels.tier", `app/main.tf:8:20 var.labels <- default var.tier main.tf:3:13 "back"` + module,
			`app/main.tf:8:20 var.labels <- local local.labels main.tf:7:37 tier` + module},
		{"pod.p", "metadata[0].name", `app/main.tf:7:14 "n-${var.name}" <- literal for_each main.tf:12:20 "one" (derived)` + module, `app/main.tf:7:5 name` + module},
		{"pod.p", "spec[0].user", `app/main.tf:11:12 var.uid <- value var.uid terraform.tfvars:1:7 1337` + module, `app/main.tf:11:5 user` + module},
		{"pod.p", "spec[0].both", `app/main.tf:12:12 "${var.uid}-${var.name}"` + module, ""},
		{"pod.p", "spec[0].port[0].port", `app/main.tf:17:16 port.value.port <- local local.ports main.tf:8:30 80` + module, `app/main.tf:17:9 port` + module},
		{"pod.p", "spec[0].port[0].name", `app/main.tf:16:16 port.value.name <- local local.ports main.tf:8:14 http` + module, ""},
		{"service.s", "metadata[0].name", `app/main.tf:24:12 kubernetes_pod.p.metadata[0].labels.app <- local local.labels main.tf:7:26 "web"` + module, ""},
		{"service.s", "metadata[0].flag", `app/main.tf:25:16 kubernetes_pod.p.metadata[0].labels["own"] <- argument kubernetes_pod.p.metadata[0].labels app/main.tf:8:40 "literal"` + module, ""},
		{"pod.p", "spec[0].port[0]", `app/main.tf:13:5 dynamic "port" <- argument ports main.tf:16:41 { name = k, port = v.port }` + module, ""},
	} {
		t.Run(tc.address+" "+tc.path, func(t *testing.T) {
			address := `module.app["x"].kubernetes_` + tc.address
			if got := placed(at(t, c, address, tc.path).Ref.Origin()); got != tc.want {
				t.Errorf("value at\n  %s, want\n  %s", got, tc.want)
			}
			steps := object.SplitPath(tc.path)
			parent := at(t, c, address, strings.TrimSuffix(tc.path, "."+steps[len(steps)-1]))
			for _, e := range parent.Entries {
				if e.Key == steps[len(steps)-1] && tc.key != "" {
					if got := placed(e.Ref.Origin()); got != tc.key {
						t.Errorf("key at\n  %s, want\n  %s", got, tc.key)
					}
				}
			}
		})
	}
	dynamic := evaluated(t, map[string]string{
		"main.tf": `variable "ports" {}
resource "kubernetes_service" "s" {
  spec {
    dynamic "port" {
      for_each = var.ports
      content {
        port = port.value.port
        inner {
          a = 1
        }
      }
    }
    dynamic "one" {
      for_each = [{ x = 1 }]
      content {}
    }
  }
}
`, "terraform.tfvars": "ports = [\n  { port = 80 },\n  { port = 81 },\n]\n"}, Options{})
	for path, want := range map[string]string{
		"spec[0].port[1]":          `main.tf:4:5 dynamic "port" <- value var.ports terraform.tfvars:3:3 { port = 81 }`,
		"spec[0].port[1].inner[0]": `main.tf:8:9 inner <- value var.ports terraform.tfvars:3:3 { port = 81 }`,
		"spec[0].one[0]":           `main.tf:13:5 dynamic "one" <- literal for_each main.tf:14:19 { x = 1 }`,
	} {
		if got := placed(at(t, dynamic, "kubernetes_service.s", path).Ref.Origin()); got != want {
			t.Errorf("%s at %s, want %s", path, got, want)
		}
	}
	flagged := evaluated(t, map[string]string{"main.tf": "variable \"flag\" {}\n" + pod("{}", "var.flag")},
		Options{Vars: []Var{{Name: "flag", Value: "secret", Flag: "--var flag=secret"}}})
	want := "main.tf:9:21 var.flag <- value flag ---var flag"
	if got := placed(at(t, flagged, "kubernetes_pod.p", podUser).Ref.Origin()); got != want {
		t.Errorf("a flag's value at %s, want %s", got, want)
	}
}
