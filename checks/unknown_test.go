package checks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestUnknown takes the bad examples of every page and makes one value after the
// other unknown, as Terraform values are before the apply. A finding may then go
// away, but not in silence; and none may stand at the unknown value itself or come
// into being.
func TestUnknown(t *testing.T) {
	for _, c := range checks.Suite {
		t.Run(c.ID, func(t *testing.T) {
			for _, e := range checks.Examples(checks.Page(c)) {
				if !e.Bad || len(e.Flags) > 0 || e.Language != "yaml" {
					continue
				}
				for _, wrong := range blurEach(t, c, e.Text) {
					t.Errorf("%s, example at line %d: %s", c.PageFile(), e.Line, wrong)
				}
			}
		})
	}
}

func blurEach(t *testing.T, c *checks.Check, text string) []string {
	t.Helper()
	objects, errs := manifest.Read("example.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	run := func() (map[string]bool, checks.Outcome) {
		out := checks.Run(object.NewSet("default", objects), &checks.Mesh{}, checks.Selection{Only: []string{c.ID}})
		found := map[string]bool{}
		for _, f := range out.Findings {
			found[f.Field.Object().String()] = true // one object, one place or the next
		}
		return found, out
	}
	before, _ := run()
	var wrong []string
	for _, o := range objects {
		for _, leaf := range leaves(o) {
			n := leaf.Node()
			was := *n
			n.Kind, n.Text = object.Unknown, "var.x has no value"
			after, out := run()
			*n = was
			at := fmt.Sprintf("%s %s", o, leaf.Path())
			for _, f := range out.Findings {
				if f.Field.Object() == o && f.Field.Path() == leaf.Path() && !f.Field.OnKey() {
					wrong = append(wrong, at+" is unknown and has a finding: "+f.Message)
				}
			}
			for key := range after {
				if !before[key] {
					wrong = append(wrong, at+" is unknown, which makes a finding at "+key)
				}
			}
			for key := range before {
				if !after[key] && len(out.Open) == 0 {
					wrong = append(wrong, at+" is unknown, and the finding at "+key+" is gone in silence")
				}
			}
		}
	}
	return wrong
}

// leaves returns the scalars of an object that a check may read, but not its name,
// kind and version, which are always known.
func leaves(o *object.Object) []object.Field {
	var all []object.Field
	var walk func(object.Field)
	walk = func(f object.Field) {
		if f.Node().Scalar() {
			all = append(all, f)
		}
		for _, e := range f.Entries() {
			walk(e)
		}
		for _, item := range f.Items() {
			walk(item)
		}
	}
	for _, e := range o.Root().Entries() {
		if name := e.Name(); name != "apiVersion" && name != "kind" {
			walk(e)
		}
	}
	kept := all[:0]
	for _, f := range all {
		if !strings.HasSuffix(f.Path(), "name") || strings.Contains(f.Path(), "ports[") {
			kept = append(kept, f)
		}
	}
	return kept
}
