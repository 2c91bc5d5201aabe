package schema_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
)

// TestUnknown replaces the values of Istio's objects by unknown ones, one by one: that
// never makes a problem that was not there before, and what it hides is undecided.
func TestUnknown(t *testing.T) {
	tried, hidden := 0, 0
	for _, v := range verdicts(t) {
		o := decode(t, string(v.Object))[0]
		before := messages(judge(t, o))
		each(o.Tree, func(n *object.Node) {
			known := *n
			for _, unknown := range []object.Node{{Kind: object.Unknown, Text: "var.x has no value"}, opened(known)} {
				*n = unknown
				tried++
				r := judge(t, o)
				for m, at := range messages(r) {
					if before[m] == "" && !slices.Contains(slices.Collect(maps.Values(before)), at) {
						t.Errorf("an unknown value makes the problem %q: %s", m, v.Object)
					}
				}
				if len(messages(r)) < len(before) {
					hidden++
					if len(r.Undecided) == 0 {
						t.Errorf("a problem is gone, and nothing undecided: %s", v.Object)
					}
				}
			}
			*n = known
		})
	}
	if tried < 5000 || hidden < 100 {
		t.Errorf("%d values were replaced, %d of them hid a problem", tried, hidden)
	}
}

// judge is what CRD and webhook say together.
func judge(t *testing.T, o *object.Object) schema.Result {
	crd, webhook := both(t, o)
	return schema.Result{
		Problems:  append(crd.Problems, webhook.Problems...),
		Undecided: append(crd.Undecided, webhook.Undecided...),
	}
}

// opened is a mapping that may have more members; anything else stays.
func opened(n object.Node) object.Node {
	if n.Kind == object.Map {
		n.Partial = "var.x has no value"
	}
	return n
}

// messages are the messages of problems with their places; of one place the first is told.
func messages(r schema.Result) map[string]string {
	all := map[string]string{}
	for _, p := range r.Problems {
		all[p.Message] = p.Field.Path()
	}
	return all
}

// each visits the values below spec.
func each(tree *object.Node, visit func(*object.Node)) {
	var walk func(n *object.Node)
	walk = func(n *object.Node) {
		visit(n)
		for _, e := range n.Entries {
			walk(e.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	if spec := tree.Get("spec"); spec != nil {
		walk(spec)
	}
}

// TestUndecided holds that what is undecided names the field that is not known.
func TestUndecided(t *testing.T) {
	o := decode(t, se("hosts: [a], resolution: STATIC, addresses: [10.0.0.0/8], endpoints: [{address: b}]"))[0]
	s, _ := schema.Of("networking.istio.io", "ServiceEntry", "v1beta1")
	if r := s.Check(o, ""); len(r.Problems)+len(r.Undecided) > 0 {
		t.Fatalf("%+v", r)
	}
	*o.Tree.Get("spec").Get("resolution") = object.Node{Kind: object.Unknown, Text: "var.x has no value"}
	r := s.Check(o, "")
	if len(r.Problems) != 0 || len(r.Undecided) != 1 || r.Undecided[0].Path() != "spec.resolution" {
		t.Errorf("%+v", r)
	}
}
