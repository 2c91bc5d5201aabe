package eval

import (
	"maps"
	"strings"
	"testing"
)

// TestOptionalDefaults holds that a default in a type is the place of a value that nobody
// gave, and what was given else. A change of the place changes the value.
func TestOptionalDefaults(t *testing.T) {
	files := map[string]string{
		"main.tf": `variable "flat" {
  type    = object({ uid = optional(number, 1001), gid = optional(number, 1002), name = string })
  default = { name = "x", gid = 2002 }
}
variable "deep" {
  type = map(object({
    a = optional(object({ b = optional(list(object({ c = optional(number, 1003) })), [{}, { c = 2003 }]) }), {})
  }))
  default = { one = {}, two = { a = { b = [{ c = null }] } } }
}
variable "none" {
  type    = object({ uid = optional(number, 1004) })
  default = null
}
variable "plain" {
  type = object({ uid = optional(number) })
  default = { uid = 2005 }
}
module "m" {
  source = "./m"
  in     = { uid = 2006 }
}
resource "kubernetes_pod" "p" {
  spec {
    a = var.flat.uid
    b = var.flat.gid
    c = var.deep["one"].a.b[0].c
    d = var.deep["one"].a.b[1].c
    e = var.deep["two"].a.b[0].c
    f = var.plain.uid
    g = var.given.uid
    h = var.given.gid
  }
}
variable "given" {
  type = object({ uid = optional(number, 1007), gid = optional(number, 1008) })
}
`,
		"m/main.tf": `variable "in" {
  type = object({ uid = optional(number, 1009), gid = optional(number, 1010) })
}
resource "kubernetes_pod" "p" {
  spec {
    a = var.in.uid
    b = var.in.gid
  }
}
`,
		"terraform.tfvars": "given = { gid = 2008 }\n",
	}
	c := evaluated(t, files, Options{})
	for _, tc := range []struct{ address, path, want string }{
		{"kubernetes_pod.p", "a", "main.tf:25:9 var.flat.uid <- default var.flat main.tf:2:45 1001"},
		{"kubernetes_pod.p", "b", "main.tf:26:9 var.flat.gid <- default var.flat main.tf:3:33 2002"},
		{"kubernetes_pod.p", "c", `main.tf:27:9 var.deep["one"].a.b[0].c <- default var.deep main.tf:7:75 1003`},
		{"kubernetes_pod.p", "d", `main.tf:28:9 var.deep["one"].a.b[1].c <- default var.deep main.tf:7:97 2003`},
		{"kubernetes_pod.p", "e", `main.tf:29:9 var.deep["two"].a.b[0].c <- default var.deep main.tf:7:75 1003`},
		{"kubernetes_pod.p", "f", "main.tf:30:9 var.plain.uid <- default var.plain main.tf:17:21 2005"},
		{"kubernetes_pod.p", "g", "main.tf:31:9 var.given.uid <- default var.given main.tf:36:42 1007"},
		{"kubernetes_pod.p", "h", "main.tf:32:9 var.given.gid <- value var.given terraform.tfvars:1:17 2008"},
		{"module.m.kubernetes_pod.p", "a", `m/main.tf:6:9 var.in.uid <- argument in main.tf:21:20 2006 <- module module.m main.tf:19:1 module "m"`},
		{"module.m.kubernetes_pod.p", "b", `m/main.tf:7:9 var.in.gid <- default var.in m/main.tf:2:72 1010 <- module module.m main.tf:19:1 module "m"`},
	} {
		n := at(t, c, tc.address, "spec[0]."+tc.path)
		o := n.Ref.Origin()
		if got := placed(o); got != tc.want {
			t.Errorf("%s %s at\n  %s, want\n  %s", tc.address, tc.path, got, tc.want)
			continue
		}
		span := o.Trace[0].Span
		changed := maps.Clone(files)
		text := changed[span.File.Path]
		changed[span.File.Path] = text[:span.Start] + strings.Repeat("9", span.End-span.Start) + text[span.End:]
		if now := at(t, evaluated(t, changed, Options{}), tc.address, "spec[0]."+tc.path); now.Text != "9999" {
			t.Errorf("%s %s is %s when its place is changed", tc.address, tc.path, now.Text)
		}
	}
}
