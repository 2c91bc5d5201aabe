package eval

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// laidOut writes the files of a root, by their path, and returns its directory.
func laidOut(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for path, text := range files {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// evaluated evaluates files, which must have no faults.
func evaluated(t testing.TB, files map[string]string, o Options) *Configuration {
	t.Helper()
	c, err := Evaluate(laidOut(t, files), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Errors {
		t.Error(err)
	}
	return c
}

// at is the node of a path in a resource.
func at(t testing.TB, c *Configuration, address, path string) *object.Node {
	t.Helper()
	r := resource(c, address)
	if r == nil {
		t.Fatalf("no resource %s in %s", address, strings.Join(addressesIn(c), " "))
	}
	n := r.Values
	for _, step := range object.SplitPath(path) {
		switch {
		case n == nil:
			t.Fatalf("%s has no %s", address, path)
		case n.Kind == object.List:
			n = n.Items[int(step[0]-'0')]
		default:
			n = n.Get(step)
		}
	}
	return n
}

// shown is a node in short: its text, ? and the reason of what is not known.
func shown(n *object.Node) string {
	switch {
	case n == nil:
		return "missing"
	case n.Kind == object.Unknown:
		return "? " + n.Text
	case n.Kind == object.List:
		var items []string
		for _, i := range n.Items {
			items = append(items, shown(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case n.Kind == object.Map:
		var entries []string
		for _, e := range n.Entries {
			entries = append(entries, e.Key+": "+shown(e.Value))
		}
		if n.Partial != "" {
			entries = append(entries, "... "+n.Partial)
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return n.Text
}

func addressesIn(c *Configuration) []string {
	var list []string
	for _, r := range c.Resources {
		list = append(list, r.Address)
	}
	return list
}

// pod is a resource with one expression for its labels and one for its user.
func pod(labels, user string) string {
	return "resource \"kubernetes_pod\" \"p\" {\n  metadata {\n    name   = \"p\"\n    labels = " + labels +
		"\n  }\n  spec {\n    security_context {\n      run_as_user = " + user + "\n    }\n  }\n}\n"
}

const (
	podLabels = "metadata[0].labels"
	podUser   = "spec[0].security_context[0].run_as_user"
)

// TestPrecedence holds which of several values of a variable counts.
func TestPrecedence(t *testing.T) {
	files := map[string]string{
		"main.tf":            "variable \"u\" {\n  type    = number\n  default = 1\n}\n" + pod("{}", "var.u"),
		"terraform.tfvars":   "u = 3\n",
		"a.auto.tfvars":      "u = 4\n",
		"b.auto.tfvars.json": `{"u": 5}`,
		"given.tfvars":       "u = 6\n",
		"last.tfvars":        "u = 8\n",
	}
	environ := []string{"TF_VAR_u=2", "HOME=/", "TF_VAR_other=9"}
	without := func(names ...string) map[string]string {
		left := map[string]string{}
		for name, text := range files {
			if !slices.Contains(names, name) {
				left[name] = text
			}
		}
		return left
	}
	all := []string{"terraform.tfvars", "a.auto.tfvars", "b.auto.tfvars.json"}
	for _, tc := range []struct {
		name  string
		files map[string]string
		o     Options
		want  string
	}{
		{"the default", without(all...), Options{}, "1"},
		{"the environment over the default", without(all...), Options{Environ: environ}, "2"},
		{"terraform.tfvars over the environment", without(all[1:]...), Options{Environ: environ}, "3"},
		{"automatic files over terraform.tfvars", without(all[2]), Options{Environ: environ}, "4"},
		{"automatic files in the order of their names", files, Options{Environ: environ}, "5"},
		{"no automatic files", files, Options{SkipVarFiles: true}, "1"},
		{"a flag over files", files, Options{Vars: []Var{{Name: "u", Value: "7"}}}, "7"},
		{"the last flag", files, Options{Vars: []Var{{Name: "u", Value: "7"}, {Name: "u", Value: "9"}}}, "9"},
		{"JSON of a plan", files, Options{Vars: []Var{{Name: "u", Value: "10", JSON: true}}}, "10"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := shown(at(t, evaluated(t, tc.files, tc.o), "kubernetes_pod.p", podUser)); got != tc.want {
				t.Errorf("var.u is %s, want %s", got, tc.want)
			}
		})
	}
	dir := laidOut(t, files)
	c, err := Evaluate(dir, Options{
		VarFiles: []string{filepath.Join(dir, "given.tfvars")},
		Vars:     []Var{{Name: "u", Value: "7"}, {File: filepath.Join(dir, "last.tfvars")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(at(t, c, "kubernetes_pod.p", podUser)); got != "8" {
		t.Errorf("var.u is %s, want that of the file behind the flag, 8", got)
	}
}

// TestValues holds what expressions come to.
func TestValues(t *testing.T) {
	for _, tc := range []struct{ name, more, labels, want string }{
		{"literal", "", `{ app = "web" }`, "{app: web}"},
		{"local and variable", `
variable "app" { default = "web" }
locals { labels = { app = var.app, tier = lower("BACK") } }`, "local.labels", "{app: web, tier: back}"},
		{"no value", `variable "x" {}`, `{ app = "web", tier = var.x }`, "{app: web, tier: ? var.x has no value}"},
		{"reason through functions", `variable "x" {}`, `{ a = "v-${lower(var.x)}" }`, "{a: ? var.x has no value}"},
		{"known over unknown", `variable "x" { type = map(string) }`, `merge(var.x, { app = "web" })`,
			"{app: web, ... var.x has no value}"},
		{"unknown over known", `variable "x" { type = map(string) }`, `merge({ app = "web" }, var.x)`,
			"{app: ? var.x has no value, ... var.x has no value}"},
		{"merge behind a local", "variable \"x\" { type = map(string) }\nlocals { l = merge(var.x, { app = \"web\" }) }",
			"local.l", "{app: web, ... var.x has no value}"},
		{"known map with an unknown entry", `variable "x" {}`, `merge({ app = "web" }, { tier = var.x })`,
			"{app: web, tier: ? var.x has no value}"},
		{"key that is not known", `variable "x" { type = string }`, `{ (var.x) = "a", app = "web" }`,
			"{app: web, ... var.x has no value}"},
		{"sensitive", "variable \"x\" {\n  default   = \"hunter2\"\n  sensitive = true\n}", `{ app = "web", p = "v-${var.x}" }`,
			"{app: web, p: ? its value is marked sensitive}"},
		{"data", `data "vault_secret" "s" { path = "p" }`, `{ a = data.vault_secret.s.data, b = data.vault_secret.s.path }`,
			"{a: ? data.vault_secret.s is read at apply, b: p}"},
		{"optional attributes", "variable \"x\" {\n  type    = object({ a = string, b = optional(string, \"dflt\") })\n  default = { a = \"1\" }\n}",
			"var.x", "{a: 1, b: dflt}"},
		{"null where null may not be", "variable \"x\" {\n  default  = \"d\"\n  nullable = false\n}", `{ a = var.x == null ? "null" : var.x }`, "{a: d}"},
		{"other resources", `resource "kubernetes_namespace" "n" {
  metadata {
    name = "prod"
  }
}
resource "kubernetes_service" "s" {
  count = 2
  metadata {
    name      = "s${count.index}"
    namespace = kubernetes_namespace.n.metadata.0.name
  }
}
resource "kubernetes_config_map" "c" {
  metadata {
    name = "c"
  }
}`, `{ a = kubernetes_namespace.n.id, b = kubernetes_service.s[1].id, c = join("-", kubernetes_service.s[*].metadata[0].name), d = kubernetes_config_map.c.id, e = kubernetes_namespace.n.metadata[0].uid }`,
			"{a: prod, b: prod/s1, c: s0-s1, d: default/c, e: ? kubernetes_namespace.n.metadata.uid is computed by the provider}"},
		{"paths", "", `{ m = path.module, r = path.root, w = terraform.workspace }`, "{m: ., r: ., w: default}"},
		{"module that is not here", "module \"m\" { source = \"org/m/aws\" }", `{ a = module.m.x }`,
			"{a: ? module.m is not available (terraform init downloads it)}"},
		{"branch that is not taken", "locals { l = {} }", `true ? { a = "b" } : { a = local.l.none }`, "{a: b}"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := evaluated(t, map[string]string{"main.tf": tc.more + "\n" + pod(tc.labels, "1")}, Options{})
			if got := shown(at(t, c, "kubernetes_pod.p", podLabels)); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

// TestFaults holds that a fault is told at its place, once, and that the rest is
// evaluated.
func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name, more, user string
		want             string // the error behind main.tf:
		value            string
	}{
		{"circle", "locals {\n  a = local.b\n  b = local.a\n}", "local.a", "2:7: local.a refers to itself; break the cycle", "? local.a refers to itself"},
		{"undeclared", "", "var.nope", "8:21: var.nope is not declared; declare it, or fix the name", "? var.nope is not declared"},
		{"wrong type", "variable \"x\" {\n  type    = number\n  default = \"many\"\n}", "var.x",
			"3:13: the value of var.x does not match the type of the variable: a number is required; give it the type number",
			"? the value of var.x does not match its type"},
		{"function", "", `tonumber("x")`, "", "? its expression has an error: invalid function argument"},
		{"module without a directory", "module \"m\" {\n  source = \"./none\"\n}", "1", "2:12: module.m cannot be read: there is no such file or directory; fix the source", "1"},
		{"module outside", "module \"m\" {\n  source = \"../../..\"\n}", "1", "2:12: module.m cannot be read: it is outside the directory that is checked; fix the source", "1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := laidOut(t, map[string]string{"main.tf": pod("{}", tc.user), "more.tf": tc.more})
			c, err := Evaluate(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Errors) != 1 {
				t.Fatalf("%d errors, want 1: %v", len(c.Errors), c.Errors)
			}
			_, got, _ := strings.Cut(c.Errors[0].Error(), ".tf:")
			if got != tc.want && tc.want != "" || !c.Errors[0].At.Valid() {
				t.Errorf("told  %s\nwant  %s", got, tc.want)
			}
			if got := shown(at(t, c, "kubernetes_pod.p", podUser)); got != tc.value {
				t.Errorf("the value is %s, want %s", got, tc.value)
			}
		})
	}
}

// TestBrokenFile holds that a file that cannot be understood costs itself alone.
func TestBrokenFile(t *testing.T) {
	for name, text := range map[string]string{
		"syntax":   "resource \"kubernetes_pod\" \"b\" {\n  metadata {\n    name = \"x\"\n  spec {\n  }\n",
		"brackets": "locals {\n  x = " + strings.Repeat("(", 30_000) + "1",
		"nots":     "locals {\n  x = " + strings.Repeat("!", 1000) + "true\n}",
		"choices":  "locals {\n  x = (" + strings.Repeat("true ? 1 :\n", 5000) + "2)\n}",
		"number":   "locals {\n  x = 1e100000000\n}",
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Evaluate(laidOut(t, map[string]string{"bad.tf": text, "good.tf": pod("{}", "1337")}), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Errors) != 1 || c.Errors[0].At.File == nil || c.Errors[0].At.File.Path != "bad.tf" {
				t.Errorf("errors: %v", c.Errors)
			}
			if got := shown(at(t, c, "kubernetes_pod.p", podUser)); got != "1337" || len(c.Resources) != 1 {
				t.Errorf("the other file gives %s, and there are %d resources", got, len(c.Resources))
			}
		})
	}
}

// TestNothingOutside holds that no file outside is read, by whatever way.
func TestNothingOutside(t *testing.T) {
	dir := laidOut(t, map[string]string{
		"secret.txt": "canary", "secret.tf": "locals { canary = 1 }",
		"root/main.tf": pod(`{ a = file("../secret.txt"), b = file("link.txt"), c = file("${path.cwd}/../secret.txt") }`, "1337"),
	})
	for _, link := range [][2]string{{"../secret.txt", "link.txt"}, {"../secret.tf", "link.tf"}} {
		if err := os.Symlink(link[0], filepath.Join(dir, "root", link[1])); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	c, err := Evaluate(filepath.Join(dir, "root"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(c.Resources[0].Values); strings.Contains(got, "canary") {
		t.Error("a file outside was read: " + got)
	}
	if len(c.Errors) < 4 {
		t.Errorf("four paths lead outside, %d are told: %v", len(c.Errors), c.Errors)
	}
	c, err = Evaluate(filepath.Join(dir, "root"), Options{Within: dir})
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(c.Resources[0].Values); !strings.Contains(got, "a: canary, b: canary") {
		t.Error("with the outer directory the files are inside: " + got)
	}
}

// resource is the instance at a full address; nil where there is none.
func resource(c *Configuration, address string) *Resource {
	for _, r := range c.Resources {
		if r.Address == address {
			return r
		}
	}
	return nil
}
