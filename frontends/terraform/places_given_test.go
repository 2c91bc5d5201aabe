package terraform

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestGiven says that what one expression gives is one value, known or not, by whatever
// names it is handed on, and that nothing else is.
func TestGiven(t *testing.T) {
	root := loadText(t, map[string]string{
		"main.tf": `
variable "ns" { type = string }
variable "other" { type = string }
variable "key" {
  type      = string
  sensitive = true
  default   = "hush"
}
locals {
  ns   = var.ns
  made = "${var.ns}-x"
  each = { a = var.ns, b = var.other }
}
resource "kubernetes_namespace_v1" "n" {
  metadata { name = var.ns }
}
resource "kubernetes_config_map_v1" "c" {
  metadata { name = "c" }
  data = {
    direct   = var.ns
    local    = local.ns
    wrapped  = "${var.ns}"
    resource = kubernetes_namespace_v1.n.metadata[0].name
    id       = kubernetes_namespace_v1.n.id
    other    = var.other
    made     = "${var.ns}-x"
    handed   = local.made
    lower    = lower(var.ns)
    maybe    = var.other == "" ? var.ns : "x"
    random   = uuid()
    secret   = var.key
    hushed   = sensitive("hush")
    tail     = "${var.key}-hush"
  }
}
resource "kubernetes_config_map_v1" "each" {
  for_each = local.each
  metadata { name = each.key }
  data = {
    value = each.value
    made  = "${each.value}-${each.key}"
  }
}
module "m" {
  source = "./m"
  count  = 2
  given  = var.ns
  made   = "${var.ns}-x"
}
`,
		"m/main.tf": `
variable "given" {}
variable "made" {}
variable "missing" { default = null }
resource "kubernetes_config_map_v1" "c" {
  metadata { name = "c" }
  data = {
    given = var.given
    made  = var.made
    lower = lower(var.given)
  }
}
`,
	})
	got := map[string]string{}
	for _, o := range root.Objects {
		for _, f := range o.Get("data").Entries() {
			got[o.Address+" "+f.Name()] = f.Given()
			if strings.Contains(f.Given(), "hush") {
				t.Errorf("%s tells a secret: %s", f.Name(), f.Given())
			}
			if below := f.Get("x").Given(); f.Unknown() && below == f.Given() {
				t.Errorf("%s %s: a part is given by %q, as the whole", o.Address, f.Name(), below)
			}
		}
	}
	const c, m = "kubernetes_config_map_v1.c ", "module.m[0].kubernetes_config_map_v1.c "
	if s := got[c+"secret"]; !strings.HasSuffix(s, "main.tf:7:15}") {
		t.Errorf("the secret is given by %s, want the place of its default", s)
	}
	for of, want := range map[string]string{
		c + "direct": "${var.ns}", c + "local": "${var.ns}", c + "wrapped": "${var.ns}", c + "resource": "${var.ns}", c + "id": "${var.ns}",
		c + "other": "${var.other}", c + "made": `${"${var.ns}-x"}`, c + "handed": `${"${var.ns}-x"}`,
		c + "lower": "${lower(var.ns)}", c + "maybe": `${var.other == "" ? var.ns : "x"}`,
		c + "random": "${uuid() of kubernetes_config_map_v1.c}",
		`kubernetes_config_map_v1.each["a"] value`: "${var.ns}", `kubernetes_config_map_v1.each["b"] value`: "${var.other}",
		`kubernetes_config_map_v1.each["a"] made`: `${"${each.value}-${each.key}" of kubernetes_config_map_v1.each["a"]}`,
		m + "given": "${var.ns}", m + "made": `${"${var.ns}-x"}`, m + "lower": "${module.m[0]: lower(var.given)}",
		"module.m[1].kubernetes_config_map_v1.c lower": "${module.m[1]: lower(var.given)}",
	} {
		if got[of] != want {
			t.Errorf("%s is given by %q, want %q", of, got[of], want)
		}
	}
}

// TestGivenOfMissingArguments says that variables of two instances of a module are two.
func TestGivenOfMissingArguments(t *testing.T) {
	root := loadText(t, map[string]string{
		"main.tf": `
variable "x" {}
module "m" {
  source = "./m"
  for_each = { a = 1, b = 2 }
  ns = data.http.x[each.key].body
}
data "http" "x" {
  for_each = { a = 1, b = 2 }
}
`,
		"m/main.tf": `
variable "ns" {}
resource "kubernetes_service_v1" "s" {
  metadata {
    name      = "s"
    namespace = var.ns
  }
}
resource "kubernetes_deployment_v1" "d" {
  metadata {
    name      = "d"
    namespace = var.ns
  }
}
`,
	})
	names := map[string]int{}
	for _, o := range root.Objects {
		names[o.Namespace]++
	}
	if len(names) != 2 {
		t.Errorf("the namespaces are %v, want two with two objects each", names)
	}
}

// TestUnknownNamespaces says that objects of one unknown namespace are together, and that
// those of two may be.
func TestUnknownNamespaces(t *testing.T) {
	service := func(name, namespace string) string {
		return `resource "kubernetes_service_v1" "` + name + `" {
  metadata {
    name      = "` + name + `"
    namespace = ` + namespace + `
  }
  spec { selector = { app = var.app } }
}
`
	}
	root := loadText(t, map[string]string{"main.tf": `
variable "ns" {}
variable "other" {}
variable "app" {}
resource "kubernetes_namespace_v1" "n" {
  metadata { name = var.ns }
}
resource "kubernetes_pod_v1" "p" {
  metadata {
    name      = var.app
    namespace = kubernetes_namespace_v1.n.metadata[0].name
    labels    = { app = var.app }
  }
}
` + service("same", "var.ns") + service("another", "var.other") + service("known", `"shop"`)})
	set := object.NewSet("default", root.Objects)
	w := set.Workloads()[0]
	if w.Name != "kubernetes_pod_v1.p" || w.Namespace != "${var.ns}" || set.Namespace(set.NamespaceOf(w.Object)) == nil {
		t.Errorf("the pod is %s, and its Namespace is not found", w)
	}
	matches := set.ServicesOf(w)
	var maybe []string
	for _, m := range matches.Maybe {
		maybe = append(maybe, m.Value.Name+" because "+m.Because.Reason())
	}
	if len(matches.Sure) != 1 || matches.Sure[0].Name != "same" {
		t.Errorf("the Services that surely select the pod are %v, want same", matches.Sure)
	}
	if got := strings.Join(maybe, ", "); got != "another because var.other has no value, known because var.ns has no value" {
		t.Errorf("those that may are: %s", got)
	}
}

// TestUnreadBlocks says that what was not read is not known, and the rest is.
func TestUnreadBlocks(t *testing.T) {
	root := loadText(t, map[string]string{"main.tf": `
resource "kubernetes_deployment_v1" "d" {
  metadata {
    name   = "d"
    lables = { app = "d" }
  }
  spec {
    replicas = 2
    template {
      metadata { labels = { app = "d" } }
      container { name = "c" }
    }
  }
}
`})
	o := root.Objects[0]
	template := o.Get("spec", "template")
	for path, unknown := range map[string]bool{"labels": true, "annotations": false, "name": false} {
		if o.Get("metadata", path).Unknown() != unknown {
			t.Errorf("metadata.%s: unknown %v, want %v", path, !unknown, unknown)
		}
	}
	if f := template.Get("spec", "containers"); !f.Unknown() || f.Reason() != `block "container" of kubernetes_deployment_v1.d cannot be read` {
		t.Errorf("the containers are %v", f.Node())
	}
	if template.Get("metadata", "labels", "app").Str().V != "d" || o.Get("spec", "replicas").Num().V != 2 || o.Get("spec", "paused").Unknown() {
		t.Error("what was read is not known")
	}
	if len(root.Errors) != 2 {
		t.Errorf("the errors are %v", root.Errors)
	}
}
