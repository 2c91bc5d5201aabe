package object_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// outline is what a text decodes to, in one line each.
func outline(d object.Decoded) []string {
	var lines []string
	for _, o := range d.Objects {
		lines = append(lines, o.APIVersion+" "+o.String())
	}
	for _, n := range d.Notes {
		lines = append(lines, "note "+n.String())
	}
	for _, e := range d.Errors {
		lines = append(lines, "error "+e.Error())
	}
	return lines
}

func TestStreams(t *testing.T) {
	obj := func(name string) string {
		return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\n", name)
	}
	for _, c := range []struct {
		name, text string
		dialect    object.Dialect
		want       []string
	}{
		{"empty documents", "\n# a\n---\n---\n# b\n---\n" + obj("a") + "---\n~\n", object.Helm, []string{"v1 ConfigMap a"}},
		{"text behind the separator", "---" + obj("a") + "--- # c\n" + obj("b"), object.Helm, []string{"v1 ConfigMap a", "v1 ConfigMap b"}},
		{"kubectl separator", "--- # c\n" + obj("a") + "---\r\n  " + strings.ReplaceAll(strings.TrimSpace(obj("b")), "\n", "\n  "), object.Kubectl,
			[]string{"v1 ConfigMap a", "v1 ConfigMap b"}},
		{"CRLF", strings.ReplaceAll(obj("a")+"---\n"+obj("b"), "\n", "\r\n"), object.Helm, []string{"v1 ConfigMap a", "v1 ConfigMap b"}},
		{"JSON", `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}`, object.Kubectl, []string{"v1 ConfigMap a"}},
		{"list", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n- apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: Service, metadata: {name: b}}]\n",
			object.Helm, []string{"v1 ConfigMap a", "v1 Service b"}},
		{"typed list", "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a, namespace: ns}\n", object.Helm, []string{"apps/v1 Deployment ns/a"}},
		{"item without kind", "apiVersion: v1\nkind: List\nitems:\n- metadata: {name: a}\n", object.Helm, []string{"error in.yaml:4:3: the document has no kind"}},
		{"no kind", obj("a") + "---\nfoo: bar\n", object.Helm, []string{"v1 ConfigMap a", "error in.yaml:6:1: the document has no kind"}},
		{"no apiVersion", "kind: Pod\n", object.Helm, []string{" Pod ", "error in.yaml:1:1: the document has no apiVersion"}},
		{"text", "hello\n", object.Helm, []string{"error in.yaml:1:1: expected a Kubernetes object, not a string"}},
		{"list of objects", "- a\n", object.Helm, []string{"error in.yaml:1:1: expected a Kubernetes object, not a list"}},
		{"twice", obj("a") + "data:\n  x: 1\n  z: 2\n  x: \"3\"\n", object.Helm,
			[]string{"v1 ConfigMap a", `note in.yaml:8:3: the key "x" is defined twice in one mapping; the last one, here, counts`,
				"error in.yaml:7:6: ConfigMap a: data.z must be a string, not a whole number; put it in quotes"}},
		{"behind the end", obj("a") + "...\n# c\n\nmore: x\n", object.Helm,
			[]string{"v1 ConfigMap a", "note in.yaml:8:1: what follows the end of the document (...) is ignored"}},
		{"directives", "%YAML 1.1\n# a\n---\n" + obj("a") + "...\n%YAML 1.1\n---\n" + obj("b") + "---\nfoo: bar\n", object.Kubectl,
			[]string{"v1 ConfigMap a", "v1 ConfigMap b", "error in.yaml:16:1: the document has no kind"}},
		{"infinity", obj("a") + "data: .inf\n", object.Helm, []string{"error in.yaml:5:7: +Inf is not a number that JSON can represent"}},
		{"null key", obj("a") + "data:\n  ~: x\n", object.Helm, []string{"error in.yaml:6:3: a mapping key is null"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, outline(decode(c.text, c.dialect))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSyntaxErrors are found at the line where the text stops being YAML, and the
// other documents are read.
func TestSyntaxErrors(t *testing.T) {
	const good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
	long := good + "data:\n"
	for i := range 300 {
		long += fmt.Sprintf("  k%d: \"v\n    w\"\n", i)
	}
	for _, c := range []struct {
		name, text string
		line       int
		what       string
	}{
		{"indentation", good + "data:\n    a: b\n  c: d\n", 6, "did not find expected key"},
		{"second colon", good + "data:\n  a: b: c\n  d: e\n", 5, "mapping values are not allowed"},
		{"tab", good + "data:\n\ta: b\n", 5, "cannot start any token"},
		{"no quote", good + "data:\n  a: 'b\n  c: d\n", 5, ""},
		{"template left", good + "data:\n  a: {{ .x }}\n  b: c\n", 5, ""},
		{"in a list", good + "data:\n  - a\n - b\n", 6, ""},
		{"late, behind values of several lines", long + "  z: 'x' y\n  zz: 1\n", 605, ""},
		{"alias", good + "data: *nowhere\n", 4, "unknown anchor … referenced"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := decode(good+"---\n"+c.text+"---\n"+good, object.Helm)
			if len(d.Objects) != 2 || len(d.Errors) != 1 {
				t.Fatalf("%d objects, errors %v", len(d.Objects), d.Errors)
			}
			e := d.Errors[0]
			if got := e.At.Begin().Line - 4; got != c.line || !strings.Contains(e.What, c.what) {
				t.Errorf("line %d: %v; want line %d", got, e, c.line)
			}
		})
	}
}

func TestAliasBomb(t *testing.T) {
	text := "apiVersion: v1\nkind: X\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 40; i++ {
		text += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), i-1)
	}
	d := decode(text, object.Helm)
	if len(d.Objects) != 0 || len(d.Errors) != 1 || !strings.Contains(d.Errors[0].What, "aliases expand to") {
		t.Errorf("%d objects, errors %v", len(d.Objects), d.Errors)
	}
}

// TestPlacesOfItems holds the promise of Field.Origin for fields of list items.
func TestPlacesOfItems(t *testing.T) {
	d := decode("apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  apiVersion: v1\n  spec:\n    ports:\n    - port: 80\n    - {port: 81}\n    -\n      port: 82\n", object.Helm)
	root := d.Objects[0].Root()
	for _, c := range []struct {
		at   object.Field
		want string
	}{
		{root, "4:3 kind"},
		{root.Get("metadata", "name"), "4:3 kind"},
		{root.Get("spec", "ports"), "7:5 ports"},
		{root.Get("spec", "ports").Items()[0], "8:7 port"},
		{root.Get("spec", "ports").Items()[1], "9:7 {"},
		{root.Get("spec", "ports").Items()[2], "11:7 port"},
		{root.Get("spec", "ports").Items()[2].Get("name"), "11:7 port"},
		{root.Get("spec", "ports").Items()[1].Get("port"), "9:14 81"},
	} {
		span := c.at.Origin().Span
		pos := span.Begin()
		if got := fmt.Sprintf("%d:%d %s", pos.Line, pos.Column, span.Text()); got != c.want {
			t.Errorf("%s: %s, want %s", c.at.Path(), got, c.want)
		}
	}
}
