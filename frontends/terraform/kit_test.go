package terraform

import (
	"strconv"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// placed is an origin in short: its text at its line, and the steps of its trace.
func placed(o source.Origin) string {
	place := func(s source.Span) string {
		if !s.Valid() {
			return "-"
		}
		p := s.Begin()
		return s.File.Path + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + " " + s.Text()
	}
	text := place(o.Span)
	for _, s := range o.Trace {
		text += " <- " + string(s.Role) + " " + s.Name + " " + place(s.Span) + s.Setter()
		if s.Derived {
			text += " (derived)"
		}
	}
	return text
}

// valueAt evaluates a root without faults and returns a value of one of its resources.
func valueAt(t testing.TB, files map[string]string, address, path string) *object.Node {
	t.Helper()
	c, err := eval.Evaluate(laidOut(t, files), eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Errors {
		t.Error(err)
	}
	for _, r := range c.Resources {
		if r.Address != address {
			continue
		}
		n := r.Values
		for _, step := range object.SplitPath(path) {
			if i, err := strconv.Atoi(step); err == nil && n != nil && n.Kind == object.List {
				n = n.Items[i]
			} else {
				n = n.Get(step)
			}
		}
		if n == nil {
			t.Fatalf("%s has no %s", address, path)
		}
		return n
	}
	t.Fatalf("there is no resource %s", address)
	return nil
}
