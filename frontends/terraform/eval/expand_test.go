package eval

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestInstances holds the addresses of instances, and what is told of those that do
// not exist or are not known.
func TestInstances(t *testing.T) {
	resource := func(more string) string {
		return "resource \"kubernetes_pod\" \"p\" {\n" + more + "\n  metadata {\n    name = \"p\"\n  }\n}\n"
	}
	for _, tc := range []struct {
		name, text string
		want       string // addresses, with why they are uncertain
		note       string
	}{
		{"one", resource(""), "kubernetes_pod.p", ""},
		{"count", resource("count = 2"), "kubernetes_pod.p[0] kubernetes_pod.p[1]", ""},
		{"count of none", resource("count = false ? 1 : 0"), "", "1 resource has no instances with these variables: kubernetes_pod 1"},
		{"count that is not known", "variable \"n\" {}\n" + resource("count = var.n"), "kubernetes_pod.p (var.n has no value)", ""},
		{"map", resource(`for_each = { b = 1, "a.x" = 2 }`), `kubernetes_pod.p["a.x"] kubernetes_pod.p["b"]`, ""},
		{"set", resource(`for_each = toset(["b", "a", "b"])`), `kubernetes_pod.p["a"] kubernetes_pod.p["b"]`, ""},
		{"quotes", resource(`for_each = { "a\"$${b}" = 1 }`), `kubernetes_pod.p["a\"$${b}"]`, ""},
		{"for_each that is not known", "variable \"n\" {}\n" + resource("for_each = var.n"), "kubernetes_pod.p (var.n has no value)", ""},
		{"module that is not here", resource("") + "module \"m\" {\n  source = \"org/m/aws\"\n}\n", "kubernetes_pod.p",
			"1 module is not available: module.m (org/m/aws); run terraform init to have it analyzed"},
		{"module of none", "module \"m\" {\n  source = \"./m\"\n  count  = 0\n}\n", "", "1 resource has no instances with these variables: kubernetes_pod 1"},
		{"module that is not known", "variable \"n\" {}\nmodule \"m\" {\n  source = \"./m\"\n  count  = var.n\n}\n",
			"module.m.kubernetes_pod.p (var.n has no value)", ""},
		{"modules", "module \"m\" {\n  source   = \"./m\"\n  for_each = { x = 1, y = 2 }\n}\n",
			`module.m["x"].kubernetes_pod.p module.m["y"].kubernetes_pod.p`, ""},
		{"of other providers", "resource \"aws_x\" \"y\" {\n}\n", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := evaluated(t, map[string]string{"main.tf": tc.text, "m/main.tf": resource("")}, Options{})
			var got []string
			for _, r := range c.Resources {
				address := r.Address
				if r.Uncertain != "" {
					address += " (" + r.Uncertain + ")"
				}
				got = append(got, address)
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("instances %s, want %s", strings.Join(got, " "), tc.want)
			}
			if strings.Join(c.Notes, "\n") != tc.note {
				t.Errorf("notes %q, want %q", c.Notes, tc.note)
			}
		})
	}
}

// TestDynamic holds what dynamic blocks stand for.
func TestDynamic(t *testing.T) {
	for _, tc := range []struct{ name, more, block, want string }{
		{"list of objects", "", "for_each = [{ n = 1 }, { n = 2 }]\n content {\n a = port.value.n\n b = port.key\n }", "[{a: 1, b: 0}, {a: 2, b: 1}]"},
		{"set of objects", "", "for_each = toset([{ n = 2 }, { n = 1 }])\n content {\n a = port.value.n\n }", "[{a: 1}, {a: 2}]"},
		{"map and iterator", "", "for_each = { x = 1 }\n iterator = it\n content {\n a = it.key\n b = it.value\n }", "[{a: x, b: 1}]"},
		{"none", "", "for_each = []\n content {\n a = 1\n }", "missing"},
		{"nested", "", "for_each = [1, 2]\n content {\n a = port.value\n dynamic \"in\" {\n for_each = range(port.value)\n content {\n b = in.value * 10 + port.value\n }\n }\n }",
			"[{a: 1, in: [{b: 1}]}, {a: 2, in: [{b: 2}, {b: 12}]}]"},
		{"not known", "variable \"x\" {}", "for_each = var.x\n content {\n a = 1\n }", "? var.x has no value"},
		{"null attribute", "", "for_each = [{ n = null }]\n content {\n a = port.value.n\n b = 1\n }", "[{b: 1}]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := tc.more + "\nresource \"kubernetes_service\" \"s\" {\n dynamic \"port\" {\n " + tc.block + "\n }\n}\n"
			if got := shown(at(t, evaluated(t, map[string]string{"main.tf": text}, Options{}), "kubernetes_service.s", "port")); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
	both := "variable \"x\" {}\nresource \"kubernetes_service\" \"s\" {\n port {\n a = 1\n }\n dynamic \"port\" {\n for_each = var.x\n content {\n a = 2\n }\n }\n}\n"
	want := "[{a: 1}, ? var.x has no value]"
	if got := shown(at(t, evaluated(t, map[string]string{"main.tf": both}, Options{}), "kubernetes_service.s", "port")); got != want {
		t.Errorf("written and not known: got %s, want %s", got, want)
	}
}

// TestEvaluationLimits holds that a configuration cannot ask for more than can be looked at.
func TestEvaluationLimits(t *testing.T) {
	double := "locals {\n  l0 = [\"x\", \"y\"]\n"
	for i := range 40 {
		double += fmt.Sprintf("  l%d = [local.l%d, local.l%d]\n", i+1, i, i)
	}
	chain := "locals {\n  c0 = 1\n"
	for i := range 5000 {
		chain += fmt.Sprintf("  c%d = local.c%d\n", i+1, i)
	}
	for _, tc := range []struct{ name, text, told string }{
		{"instances", "resource \"kubernetes_pod\" \"p\" {\n  count = 100000\n}\n", "more than 1000 instances"},
		{"modules in themselves", "module \"m\" {\n  source = \"./\"\n}\n", "more than 8 deep"},
		{"doubled values", double + "}\n" + pod("{}", "local.l40"), "is too large"},
		{"long chains", chain + "}\n" + pod("{}", "local.c5000"), "the chain of references is too long"},
		{"huge numbers", "locals {\n  a = 1e300\n  b = local.a * local.a * local.a * local.a\n  c = local.b * local.b * local.b * local.b\n" +
			"  d = local.c * local.c * local.c * local.c\n}\n" + pod(`{ a = "${local.d}" }`, "1"), "is too large"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := Evaluate(laidOut(t, map[string]string{"main.tf": tc.text}), Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, err := range c.Errors {
				found = found || strings.Contains(err.Error(), tc.told)
			}
			if !found {
				t.Errorf("no error tells %q: %v", tc.told, c.Errors)
			}
			if len(c.Resources) > maxInstances {
				t.Errorf("%d resources", len(c.Resources))
			}
		})
	}
}

// TestFind holds what is a root: what nobody calls.
func TestFind(t *testing.T) {
	call := func(source string) string { return "module \"m\" {\n  source = \"" + source + "\"\n}\n" }
	dir := laidOut(t, map[string]string{
		"main.tf": call("./modules/a"), "modules/a/main.tf": call("../b"), "modules/b/main.tf": "",
		"examples/one/main.tf": call("../../modules/a"), "loop/x/main.tf": call("../y"), "loop/y/main.tf": call("../x"),
		".terraform/modules/m/main.tf": "", "bad/main.tf": "resource {", "charts/values.yaml": "",
	})
	roots, errs := Find(source.Disk, dir)
	for i, r := range roots {
		roots[i] = strings.TrimPrefix(strings.TrimPrefix(r, dir), "/")
	}
	if diff := cmp.Diff([]string{"", "bad", "examples/one", "loop/x"}, roots); diff != "" || len(errs) > 0 {
		t.Errorf("errors %v, roots %s", errs, diff)
	}
}

// TestUnread holds that files which Terraform would read and we do not are told.
func TestUnread(t *testing.T) {
	c := evaluated(t, map[string]string{"main.tf": "", "x.tf.json": "{}", "a_override.tf": "", "y.tofu": ""}, Options{})
	if len(c.Notes) != 1 || !strings.HasPrefix(c.Notes[0], "3 files are not read (only *.tf are): ") {
		t.Errorf("notes: %q", c.Notes)
	}
}
