package object_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// one decodes a text of one object.
func one(t *testing.T, text string) *object.Object {
	t.Helper()
	d := decode(text, object.Helm)
	if len(d.Objects) != 1 || len(d.Errors) > 0 {
		t.Fatalf("%d objects, errors %v", len(d.Objects), d.Errors)
	}
	return d.Objects[0]
}

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"spec", "ports"}, "spec.ports"},
		{[]string{"metadata", "labels", "app.kubernetes.io/name"}, `metadata.labels["app.kubernetes.io/name"]`},
		{[]string{"data", ""}, `data[""]`},
		{[]string{"data", "a b", `c"d`, "e]f", "ü-1_2"}, `data["a b"]["c\"d"]["e]f"].ü-1_2`},
		{[]string{"a\nb", "\x1b[31m", "c"}, `["a\nb"]["\x1b[31m"].c`},
	} {
		path := ""
		for _, k := range c.keys {
			path = object.JoinPath(path, k)
		}
		if path != c.want {
			t.Errorf("%q joins to %s, want %s", c.keys, path, c.want)
		}
		if diff := cmp.Diff(c.keys, object.SplitPath(path)); diff != "" {
			t.Errorf("%s splits otherwise: %s", path, diff)
		}
	}
	if got := strings.Join(object.SplitPath(`spec.ports[0].name`), "|"); got != "spec|ports|0|name" {
		t.Error(got)
	}
}

// TestFieldPlaces holds where a finding on a field is reported.
func TestFieldPlaces(t *testing.T) {
	o := one(t, "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\nspec:\n  selector: {app: web}\n  type: ''\n  ports:\n  - port: 80\n    name: http\n")
	port := o.Get("spec", "ports").Items()[0]
	for _, c := range []struct {
		name string
		at   object.Field
		path string
		want string
	}{
		{"scalar", port.Get("name"), "spec.ports[0].name", "11:11 http"},
		{"its key", port.Get("name").AtKey(), "spec.ports[0].name", "11:5 name"},
		{"missing", port.Get("appProtocol"), "spec.ports[0].appProtocol", "10:5 port"},
		{"item", port, "spec.ports[0]", "10:5 port"},
		{"mapping", o.Get("spec", "selector"), "spec.selector", "7:3 selector"},
		{"null", o.Get("metadata", "annotations"), "metadata.annotations", "5:3 annotations"},
		{"below null", o.Get("metadata", "annotations", "a/b"), `metadata.annotations["a/b"]`, "5:3 annotations"},
		{"empty text", o.Get("spec", "type"), "spec.type", "8:9 ''"},
		{"missing, deep", o.Get("status", "a", "b"), "status.a.b", "1:1 apiVersion"},
		{"missing in a mapping", o.Get("spec", "clusterIP"), "spec.clusterIP", "6:1 spec"},
		{"below a scalar", o.Get("metadata", "name", "x"), "metadata.name.x", "4:3 name"},
	} {
		span := c.at.Origin().Span
		if got := strings.TrimPrefix(span.String(), "in.yaml:") + " " + span.Text(); got != c.want || c.at.Path() != c.path {
			t.Errorf("%s: %s at %s, want %s at %s", c.name, c.at.Path(), got, c.path, c.want)
		}
	}
}

// unknown is a value that a Terraform plan does not know yet.
var unknown = &object.Node{Kind: object.Unknown, Text: "var.x has no value"}

func TestUnknownIsUndecided(t *testing.T) {
	o := &object.Object{APIVersion: "v1", Kind: "Service", Tree: &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "spec", Value: unknown}}}}
	f := o.Get("spec", "type")
	for name, truth := range map[string]object.Truth{
		"Str.Is": f.Str().Is("x"), "Num.Is": f.Num().Is(1), "Flag.True": f.Flag().True(),
		"and yes": object.Yes().And(f.Str().Is("x")), "or no": object.No().Or(f.Str().Is("x")), "not": f.Str().Is("x").Not(),
	} {
		because, is := truth.Undecided()
		if !is || because.Path() != "spec.type" || because.Reason() != "var.x has no value" {
			t.Errorf("%s: %v because of %s", name, is, because.Path())
		}
	}
	if object.No().And(f.Str().Is("x")).True() || !object.No().And(f.Str().Is("x")).False() || !f.Str().Is("x").Or(object.Yes()).True() {
		t.Error("a certain side decides")
	}
}

// TestOpenMapping holds that a key of a mapping that may have more keys is unknown,
// and never missing.
// withNull is a mapping with one more key, whose value is null.
func withNull(key string, n *object.Node) *object.Node {
	more := *n
	more.Entries = append([]object.Entry{{Key: key, Value: &object.Node{Kind: object.Null}}}, n.Entries...)
	return &more
}

func TestOpenMapping(t *testing.T) {
	text := func(s string) *object.Node { return &object.Node{Kind: object.String, Text: s} }
	mapping := func(open string, pairs ...string) *object.Node {
		n := &object.Node{Kind: object.Map, Partial: open}
		for i := 0; i+1 < len(pairs); i += 2 {
			n.Entries = append(n.Entries, object.Entry{Key: pairs[i], Value: text(pairs[i+1])})
		}
		return n
	}
	fieldOf := func(n *object.Node) object.Field {
		return (&object.Object{Tree: &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "labels", Value: n}}}}).Get("labels")
	}
	open := fieldOf(mapping("var.labels has no value", "app", "web"))
	if !open.Partial() || !open.Get("app").Str().Is("web").True() {
		t.Error("what is known stays known")
	}
	if f := open.Get("version"); !f.Unknown() || f.Reason() != "var.labels has no value" || f.Path() != "labels.version" {
		t.Errorf("another key: unknown %v because %q", f.Unknown(), f.Reason())
	}
	if fieldOf(mapping("", "app", "web")).Get("version").Exists() {
		t.Error("a key of a closed mapping exists")
	}
	for _, c := range []struct {
		name             string
		selector, labels *object.Node
		want             string
	}{
		{"known keys match", mapping("", "app", "web"), mapping("r", "app", "web"), "yes"},
		{"the label may be there", mapping("", "tier", "a"), mapping("r", "app", "web"), "undecided"},
		{"a known label differs", mapping("", "app", "web", "tier", "a"), mapping("r", "app", "other"), "no"},
		{"the selector may ask for more", mapping("r", "app", "web"), mapping("", "app", "web"), "undecided"},
		{"the selector asks for another", mapping("r", "app", "web"), mapping("", "app", "other"), "no"},
		{"the selector may be empty", mapping("r"), mapping("", "app", "web"), "undecided"},
		{"null is empty text", mapping("", "app", "", "tier", "a"), withNull("app", mapping("", "tier", "a")), "yes"},
		{"null selects empty text", withNull("app", mapping("")), mapping("", "app", ""), "yes"},
		{"null selects null", withNull("app", mapping("")), withNull("app", mapping("")), "yes"},
		{"null selects no text", withNull("app", mapping("")), mapping("", "app", "web"), "no"},
		{"null is not missing", withNull("app", mapping("")), mapping("", "tier", "a"), "no"},
	} {
		truth, got := object.Selects(fieldOf(c.selector), fieldOf(c.labels)), "undecided"
		switch {
		case truth.True():
			got = "yes"
		case truth.False():
			got = "no"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
